import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { readBody } from './body.ts';
import { refuse } from './graphql-response.ts';
import { readRequestId } from './request-id.ts';
import { singleHeaders, type HttpRequest, type HttpResponse, type OnRefused } from './request.ts';
import type { Routes } from './routes.ts';
import { createUnreadBytes } from './unread-bytes.ts';

/** The gateway as a listener of any node:http server. */
export function createListener(routes: Routes, onRefused: OnRefused): RequestListener {
  const unread = createUnreadBytes();
  return (request, response) => {
    const incoming = toHttpRequest(request, response);
    if (unread.areTooMany()) {
      const code = 'UPSTREAM_UNAVAILABLE';
      write(request, response, refuse(incoming, 503, 'busy', 'The gateway is busy.', { 'retry-after': '1' }, code));
      onRefused({ requestId: readRequestId(incoming.headers), status: 503, reason: 'busy', code }, incoming);
      return;
    }
    void routes(incoming).then((outgoing) => {
      if (response.destroyed) {
        outgoing.onSent?.();
        return;
      }
      if (outgoing.onSent) response.once('close', outgoing.onSent);
      write(request, response, outgoing);
      unread.add(response, outgoing.body?.length ?? 0);
    });
  };
}

function write({ method }: IncomingMessage, response: ServerResponse, { status, headers, body }: HttpResponse): void {
  const length = body === null ? 0 : Buffer.byteLength(body);
  response.writeHead(status, status === 204 ? headers : { ...headers, 'content-length': length });
  response.end(method === 'HEAD' ? undefined : body);
}

function toHttpRequest(request: IncomingMessage, response: ServerResponse): HttpRequest {
  const { method = 'GET', headers } = request;
  const { path, search } = readTarget(request.url ?? '');
  return {
    method,
    path,
    search,
    headers: {
      get: (name) => {
        const value = headers[name] ?? null;
        // HTTP/1.0 knows no Host.
        if (value === null && name === 'host' && request.httpVersion === '1.0') return '';
        return Array.isArray(value) ? value.join(', ') : value;
      },
    },
    repeatedHeader: findRepeated(request.rawHeaders),
    peer: request.socket.remoteAddress ?? null,
    get signal() {
      return abortedWith(response);
    },
    text: (maxBytes) => readBody(request, maxBytes),
  };
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

/** Made when somebody asks for it: a request that is refused has nothing to abort. */
function abortedWith(response: ServerResponse): AbortSignal {
  if (response.closed) return AbortSignal.abort();
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}
