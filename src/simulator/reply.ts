import type { Exchange } from './exchange.ts';

/** One answer: a text goes out as it is, anything else as JSON, nothing as an empty body. */
export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  /** In place of `body`, where it repeats the answer's own request id. */
  readonly bodyFor?: (requestId: string) => unknown;
  /** Beside the headers that every answer has, or in place of them; null takes one away. */
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly contentType?: string;
  /** What becomes of the body's bytes on their way, such as compression. */
  readonly encode?: (bytes: Buffer) => Buffer;
}

/** A reply as it goes over the wire. */
export interface RenderedReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
}

/** Gives a reply the headers that every answer of HSS carries. */
export function renderReply(reply: Reply, requestId: string): RenderedReply {
  const plain = Buffer.from(toText(reply.bodyFor ? reply.bodyFor(requestId) : reply.body));
  const bytes = reply.encode ? reply.encode(plain) : plain;
  const headers = new Map([
    ['x-request-id', requestId],
    ['server', 'api-gateway'],
  ]);
  if (bytes.length > 0 || reply.contentType) headers.set('content-type', reply.contentType ?? 'application/json');
  // As captured: an error comes chunked and ends its connection.
  if (reply.status >= 400) headers.set('connection', 'close');
  else if (!reply.headers?.['transfer-encoding'] && reply.status !== 204)
    headers.set('content-length', String(bytes.length));
  for (const [name, value] of Object.entries(reply.headers ?? {})) {
    if (value === null) headers.delete(name.toLowerCase());
    else headers.set(name.toLowerCase(), value);
  }
  return { status: reply.status, headers: Object.fromEntries(headers), bytes };
}

/** Sends the status and headers of a reply, unless the client has left, and gives its body. */
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
