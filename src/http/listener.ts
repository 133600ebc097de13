import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { createAccount, type Account } from '../account.ts';
import { Cancellation } from '../cancellation.ts';
import { busyMessage, readBody } from './body.ts';
import { addCommonHeaders } from './common-headers.ts';
import { refuse } from './graphql-response.ts';
import { readRequestId } from './request-id.ts';
import { singleHeaders, type HeaderReader, type HttpRequest, type HttpResponse, type OnRefused } from './request.ts';
import type { Routes } from './routes.ts';
import { createUnreadBytes } from './unread-bytes.ts';

/**
 * A request may be answered before its body has come. Where its connection is to end then, so many bytes of the body are
 * read and dropped before, for so long.
 */
const maxPassedOver = 64 * 1024 * 1024;
const maxPassedOverMs = 10_000;

/** What the bodies of requests without a response yet may take, over all connections. */
const maxBodiesBytes = 32 * 1024 * 1024;
/** A body of usual size. */
const littleBodyBytes = 16 * 1024;

/** The gateway as a listener of any node:http server. */
export function createListener(routes: Routes, onRefused: OnRefused): RequestListener {
  const unread = createUnreadBytes();
  const bodies = createAccount(maxBodiesBytes, littleBodyBytes);
  const tellOfItsEnd = createEnds();
  return (message, response) => {
    const request = new IncomingRequest(message, bodies);
    if (unread.areTooMany()) {
      const headers = { 'retry-after': '1' };
      const busy = refuse(request, 503, 'busy', busyMessage, headers, 'UPSTREAM_UNAVAILABLE');
      const requestId = readRequestId(request.headers);
      addCommonHeaders(busy.headers, requestId);
      write(message, response, busy);
      onRefused({ requestId, status: busy.status, ...busy.refusal }, request);
      return;
    }
    tellOfItsEnd(message.socket, response);
    let onSent: (() => void) | undefined;
    let isOver = false;
    response.once('close', () => {
      isOver = true;
      request.giveBack();
      if (!response.writableFinished) request.cancellation.cancel(true);
      onSent?.();
    });
    void routes(request).then((outgoing) => {
      if (isOver) {
        outgoing.onSent?.();
        return;
      }
      onSent = outgoing.onSent;
      unread.add(response, write(message, response, outgoing));
    });
  };
}

/**
 * Tells responses that wait behind another one, on a connection that is over, of their end: node:http tells only the
 * first, and whatever the others hold would be held for good.
 */
function createEnds(): (socket: Socket, response: ServerResponse) => void {
  const waiting = new WeakMap<Socket, Set<ServerResponse>>();
  return (socket, response) => {
    if (response.socket) return;
    const behind = waiting.get(socket) ?? new Set();
    if (!waiting.has(socket)) {
      waiting.set(socket, behind);
      socket.once('close', () => behind.forEach((each) => each.emit('close')));
    }
    behind.add(response);
    response.once('close', () => behind.delete(response));
  };
}

/** Sends a response. How many bytes it has for its client to read. */
function write(message: IncomingMessage, response: ServerResponse, outgoing: HttpResponse): number {
  const { status, headers, body } = outgoing;
  const bytes = bytesOf(body);
  const isHead = message.method === 'HEAD';
  // A 304 would say another length than that of what has not changed.
  if (status !== 204 && status !== 304) headers['content-length'] = String(bytes);
  if (headers.connection === 'close') response.shouldKeepAlive = false;
  response.writeHead(status, headers);
  if (body === null || isHead) {
    response.end();
  } else if (typeof body !== 'string') {
    for (const piece of body) response.write(piece);
    response.end();
  } else if (!response.shouldKeepAlive && !message.complete) {
    response.write(body);
    endWhenRead(message, response);
  } else {
    response.end(body);
  }
  return isHead ? 0 : bytes;
}

/**
 * Ends a connection when its client has sent all: one that still writes takes the end for a failure, and never sees the response.
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-9.6
 */
function endWhenRead(message: IncomingMessage, response: ServerResponse): void {
  let left = maxPassedOver;
  const end = (): void => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, maxPassedOverMs);
  message.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) end();
  });
  message.on('close', end);
}

function bytesOf(body: HttpResponse['body']): number {
  if (body === null) return 0;
  return typeof body === 'string' ? Buffer.byteLength(body) : body.reduce((sum, piece) => sum + piece.length, 0);
}

/** A request of node:http. A class, and not an object of closures: one is made for each request. */
class IncomingRequest implements HttpRequest {
  readonly method: string;
  readonly path: string | null;
  readonly search: string;
  readonly headers: HeaderReader;
  readonly repeatedHeader: string | null;
  readonly peer: string | null;
  readonly cancellation = new Cancellation();
  readonly #message: IncomingMessage;
  readonly #bodies: Account;
  #held = 0;

  constructor(message: IncomingMessage, bodies: Account) {
    const { path, search } = readTarget(message.url ?? '');
    this.#message = message;
    this.#bodies = bodies;
    this.method = message.method ?? 'GET';
    this.path = path;
    this.search = search;
    this.headers = new IncomingHeaders(message);
    this.repeatedHeader = findRepeated(message.rawHeaders);
    this.peer = message.socket.remoteAddress ?? null;
  }

  async text(): Promise<string> {
    const mayHold = (bytes: number): boolean => {
      if (!this.#bodies.take(bytes, this.#held)) return false;
      this.#held += bytes;
      return true;
    };
    try {
      return await readBody(this.#message, mayHold);
    } catch (error) {
      // Others need not wait for room until its connection ends.
      this.giveBack();
      throw error;
    }
  }

  /** Nothing of its body is needed any more: it was refused, or the response is over. */
  giveBack(): void {
    this.#bodies.giveBack(this.#held);
    this.#held = 0;
  }
}

export class IncomingHeaders implements HeaderReader {
  readonly #message: IncomingMessage;

  constructor(message: IncomingMessage) {
    this.#message = message;
  }

  get(name: string): string | null {
    const value = this.#message.headers[name] ?? null;
    // HTTP/1.0 knows no Host.
    if (value === null && name === 'host' && this.#message.httpVersion === '1.0') return '';
    return Array.isArray(value) ? value.join(', ') : value;
  }
}

/** @see https://www.rfc-editor.org/rfc/rfc9112#section-3.2 */
function readTarget(target: string): { path: string | null; search: string } {
  const from = target.startsWith('/') ? 0 : (/^https?:\/\/[^/?#]*/i.exec(target)?.[0].length ?? -1);
  if (from === -1) return { path: null, search: '' };
  const query = target.indexOf('?', from);
  const path = target.slice(from, query === -1 ? undefined : query);
  return { path: path === '' ? '/' : path, search: query === -1 ? '' : target.slice(query + 1) };
}

function findRepeated(rawHeaders: readonly string[]): string | null {
  let seen = '';
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] as string;
    const lower = name.toLowerCase();
    if (!singleHeaders.has(lower)) continue;
    if (seen.includes(`${lower};`)) return name;
    seen += `${lower};`;
  }
  return null;
}
