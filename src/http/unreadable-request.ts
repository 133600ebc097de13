import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { addCommonHeaders } from './common-headers.ts';
import { refuse } from './graphql-response.ts';
import { IncomingHeaders } from './listener.ts';
import { readRequestId } from './request-id.ts';
import { operationMethods, type HeaderReader, type OnRefused } from './request.ts';

/** All headers of a request together; a token may have 32,768 characters. */
export const maxHeaderBytes = 64 * 1024;

/**
 * Refuses what node:http cannot read with the body that a GraphQL client expects: node:http itself would send none. `begun`: the
 * request whose headers had come; null where they had not.
 */
export function refuseUnreadable(
  reason: string | undefined,
  socket: Duplex,
  begun: IncomingMessage | null,
  onRefused: OnRefused,
): void {
  if (!socket.writable || reason === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const { status, message } = unreadable.get(reason) ?? { status: 400, message: 'This is no HTTP.' };
  const headers = begun ? new IncomingHeaders(begun) : noHeaders;
  const requestId = readRequestId(headers);
  const response = refuse({ headers }, status, 'http', message, {
    vary: 'Origin',
    connection: 'close',
    ...(reason === 'CONNECT' && { allow: operationMethods }),
  });
  addCommonHeaders(response.headers, requestId);
  const { body, refusal } = response;
  // Who left in the middle of a request was not refused.
  if (reason !== 'HPE_INVALID_EOF_STATE')
    onRefused({ requestId, status, ...refusal }, begun && { headers, peer: begun.socket.remoteAddress ?? null });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    ...Object.entries(response.headers).map(([name, value]) => `${name}: ${value}`),
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  // All of the connection: what else comes on it could be carried out, and not answered.
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}

const noHeaders: HeaderReader = { get: () => null };

/** By the codes of node:http's errors, and our own word for what it tells by an event. */
const unreadable: ReadonlyMap<unknown, { readonly status: number; readonly message: string }> = new Map([
  ['HPE_HEADER_OVERFLOW', { status: 431, message: `The headers may have ${maxHeaderBytes} bytes at most.` }],
  ['CONNECT', { status: 405, message: 'This is no proxy.' }],
  ['ERR_HTTP_REQUEST_TIMEOUT', { status: 408, message: 'The request did not come in time.' }],
]);
