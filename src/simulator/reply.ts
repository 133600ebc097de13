import type { Exchange } from './exchange.ts';

/** One answer. A text is sent unchanged, anything else as JSON; without `body`, the body is empty. */
export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  /** Instead of `body`, if it repeats the answer's own request id. */
  readonly bodyFor?: (requestId: string) => unknown;
  /** Added to the headers that every answer has, or replacing them; null removes one. */
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly contentType?: string;
  /** What happens to the body's bytes on their way, such as compression. */
  readonly encode?: (bytes: Buffer) => Buffer;
}

/** A reply as it is sent over the wire. */
export interface RenderedReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
}

/** Renders a reply with the headers that every answer from HSS has. */
export function renderReply(reply: Reply, requestId: string): RenderedReply {
  const plain = Buffer.from(toText(reply.bodyFor ? reply.bodyFor(requestId) : reply.body));
  const bytes = reply.encode ? reply.encode(plain) : plain;
  const headers = new Map([
    ['x-request-id', requestId],
    ['server', 'api-gateway'],
  ]);
  if (bytes.length > 0 || reply.contentType) headers.set('content-type', reply.contentType ?? 'application/json');
  // As captured from HSS: an error is chunked and closes its connection.
  if (reply.status >= 400) headers.set('connection', 'close');
  else if (!reply.headers?.['transfer-encoding'] && reply.status !== 204)
    headers.set('content-length', String(bytes.length));
  for (const [name, value] of Object.entries(reply.headers ?? {})) {
    if (value === null) headers.delete(name.toLowerCase());
    else headers.set(name.toLowerCase(), value);
  }
  return { status: reply.status, headers: Object.fromEntries(headers), bytes };
}

/** Sends the status and headers of a reply, unless the client has left, and returns its body. */
export function startReply({ response, requestId, call }: Exchange, reply: Reply): Buffer {
  const { status, headers, bytes } = renderReply(reply, requestId);
  if (response.destroyed) return bytes;
  call.status = status;
  response.writeHead(status, headers);
  return bytes;
}

/** Sends a reply, unless the client has left. */
export function sendReply(exchange: Exchange, reply: Reply): void {
  const bytes = startReply(exchange, reply);
  if (!exchange.response.destroyed) exchange.response.end(bytes);
}

function toText(body: unknown): string {
  if (body === undefined) return '';
  return typeof body === 'string' ? body : JSON.stringify(body);
}
