import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import type { Cancellation } from '../../cancellation.ts';
import { endOfTurn } from '../../turn.ts';
import type { Connection, Connections, ExchangeEnd } from './connections.ts';
import { decompress, readCodings } from './content-coding.ts';
import { HssError } from './errors.ts';
import type { Memory } from './memory.ts';
import { reasonOf, type OwnReason } from './failure-reasons.ts';
import { readHssRequestId, type HssResponse } from './response.ts';
import { readRetryAfter } from './retry-after.ts';

/** 200 rows with every field at its documented maximum are below 300 KiB. */
const maxAnswerBytes = 4 * 1024 * 1024;

/** 200 usual rows, and more. */
const maxBytesTogether = 64 * 1024;

export interface Exchange {
  readonly method: 'GET' | 'POST';
  /** Path and query, encoded. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

export interface Limits {
  readonly timeoutMs: number;
  /** When nobody waits any more; null where the exchange is to finish all the same. */
  readonly cancellation: Cancellation<HssError> | null;
  /** Room for the answer while it comes. */
  readonly memory: Memory;
}

/** One HTTP exchange with HSS, whole or not at all. Rejects with an HssError that tells whether the request was sent. */
export function exchange(connections: Connections, request: Exchange, limits: Limits): Promise<HssResponse> {
  return new Promise((resolve, reject) => {
    if (limits.cancellation?.reason) {
      reject(limits.cancellation.reason);
      return;
    }
    const { method, path, headers, body } = request;
    const connection = connections.take();
    const handler = new ResponseHandler(connection, limits, resolve, reject);
    connection.dispatcher.dispatch({ origin: connections.origin, method, path, headers, body }, handler);
  });
}

type Head = Pick<HssResponse, 'status' | 'requestId' | 'retryAfterSeconds' | 'isReused'>;

/** What undici tells of one exchange. A class, and not closures: it is made for every call, and ten of those take longer. */
class ResponseHandler implements Dispatcher.DispatchHandler {
  readonly #connection: Connection;
  readonly #limits: Limits;
  readonly #resolve: (response: HssResponse) => void;
  readonly #reject: (error: HssError) => void;
  readonly #timer: NodeJS.Timeout;
  readonly #onCancel = (reason: HssError): void => this.#fail(reason);
  #isSent = false;
  #hasEnded = false;
  #head: Head | null = null;
  #codings: readonly string[] = [];
  /** Of the body as it comes. */
  #bytes = 0;
  /** In the account of memory: those, and what is unpacked of them. */
  #takenBytes = 0;
  readonly #chunks: Buffer[] = [];

  constructor(
    connection: Connection,
    limits: Limits,
    resolve: (response: HssResponse) => void,
    reject: (error: HssError) => void,
  ) {
    this.#connection = connection;
    this.#limits = limits;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#timer = setTimeout(() => this.#onTimeout(), limits.timeoutMs);
    limits.cancellation?.onCancel(this.#onCancel);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // Ended while the connection was being made: nothing has been written yet, and nothing will be.
    if (this.#hasEnded) controller.abort(new HssError('caller-left', { sent: false }));
    else this.#isSent = true;
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    // 102 and 103 announce an answer.
    if (status < 200) return;
    this.#codings = readCodings(headers['content-encoding']);
    this.#head = {
      status,
      requestId: readHssRequestId(headers['x-request-id']),
      retryAfterSeconds: readRetryAfter(headers),
      isReused: this.#connection.isReused(),
    };
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#hasEnded) return;
    if (this.#bytes + chunk.length > maxAnswerBytes) {
      void this.#end('given-up').then(() => this.#settleUnread());
      return;
    }
    try {
      this.#take(chunk.length);
    } catch (error) {
      this.#fail(error as HssError);
      return;
    }
    this.#bytes += chunk.length;
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    if (this.#hasEnded || !this.#head) return;
    const content = this.#chunks.length === 1 ? (this.#chunks[0] as Buffer) : Buffer.concat(this.#chunks);
    const isPacked = this.#codings.length > 0;
    void this.#end(this.#head.status === 408 ? 'broken' : 'answered', isPacked);
    if (isPacked) void this.#unpack(this.#head, content);
    else this.#settle(this.#head, content.toString(), content.length);
  }

  /** What it holds counts until it settles. */
  async #unpack(head: Head, content: Buffer): Promise<void> {
    try {
      const body = await decompress(content, this.#codings, maxAnswerBytes, (bytes) => this.#take(bytes));
      this.#giveBack();
      this.#settle(head, body.toString(), body.length);
    } catch (error) {
      this.#giveBack();
      if (error instanceof HssError) this.#settleFailed(error);
      else this.#settleUnread();
    }
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    const reason = reasonOf(error);
    const kind = reason === 'UND_ERR_CONNECT_TIMEOUT' ? 'timeout' : 'unavailable';
    this.#fail(new HssError(kind, { sent: this.#isSent, reason }), 'broken');
  }

  #onTimeout(): void {
    const reason = this.#isSent ? ('RESPONSE_TIMEOUT' satisfies OwnReason) : 'UND_ERR_CONNECT_TIMEOUT';
    this.#fail(new HssError('timeout', { sent: this.#isSent, reason }));
  }

  #settle({ status, requestId, retryAfterSeconds, isReused }: Head, body: string, bytes: number): void {
    const response = { status, requestId, retryAfterSeconds, isReused, body, bytes };
    // Responses that have come in one turn go on together. Not large ones: while they waited, nobody would count their text.
    if (bytes > maxBytesTogether) this.#resolve(response);
    else void endOfTurn().then(() => this.#resolve(response));
  }

  /** What cannot be read is no answer where one was asked for; an error is told by its status. */
  #settleUnread(): void {
    if (!this.#head) return;
    if (this.#head.status < 300) this.#reject(new HssError('bad-response', { ...this.#head }));
    else this.#settle(this.#head, '', 0);
  }

  #fail(error: HssError, how: ExchangeEnd = 'given-up'): void {
    if (this.#hasEnded) return;
    // Not before the connection is closed: its place is for another call then.
    void this.#end(how).then(() => this.#settleFailed(error));
  }

  #settleFailed(error: HssError): void {
    // HSS has refused it, whatever became of the text.
    if (this.#isRefused() && error.kind !== 'caller-left') this.#settleUnread();
    else this.#reject(error);
  }

  #isRefused(): boolean {
    const status = this.#head?.status ?? 0;
    return status >= 400 && status < 500;
  }

  /** Throws an HssError where there is no room. */
  #take(bytes: number): void {
    this.#limits.memory.take(bytes, this.#takenBytes);
    this.#takenBytes += bytes;
  }

  #giveBack(): void {
    this.#limits.memory.giveBack(this.#takenBytes);
    this.#takenBytes = 0;
  }

  #end(how: ExchangeEnd, isToUnpack = false): Promise<void> {
    this.#hasEnded = true;
    clearTimeout(this.#timer);
    this.#limits.cancellation?.offCancel(this.#onCancel);
    if (!isToUnpack) this.#giveBack();
    return this.#connection.release(how);
  }
}
