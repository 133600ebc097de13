import type { Exchange } from './exchange.ts';

/** One answer: a text goes out as it is, anything else as JSON, nothing as an empty body. */
export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  /** In place of `body`, where it repeats the answer's own request id. */
  readonly bodyFor?: (requestId: string) => unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly contentType?: string;
}

/** A reply as it goes over the wire. */
export interface RenderedReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
}

/** Gives a reply the headers that every answer of HSS carries. */
export function renderReply(reply: Reply, requestId: string): RenderedReply {
  const body = reply.bodyFor ? reply.bodyFor(requestId) : reply.body;
  const bytes = Buffer.from(toText(body));
  const headers: Record<string, string> = { 'x-request-id': requestId, server: 'api-gateway' };
  if (bytes.length > 0 || reply.contentType) headers['content-type'] = reply.contentType ?? 'application/json';
  // As captured: an error comes chunked and ends its connection.
  if (reply.status >= 400) headers.connection = 'close';
  else if (!reply.headers?.['transfer-encoding'] && reply.status !== 204)
    headers['content-length'] = String(bytes.length);
  for (const [name, value] of Object.entries(reply.headers ?? {})) headers[name.toLowerCase()] = value;
  return { status: reply.status, headers, bytes };
}

/** Sends a reply, unless the client has left. */
export function sendReply({ response, requestId, call }: Exchange, reply: Reply): void {
  if (response.destroyed) return;
  const { status, headers, bytes } = renderReply(reply, requestId);
  call.status = status;
  response.writeHead(status, headers);
  response.end(bytes);
}

function toText(body: unknown): string {
  if (body === undefined) return '';
  return typeof body === 'string' ? body : JSON.stringify(body);
}
