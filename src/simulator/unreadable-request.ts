import type { Duplex } from 'node:stream';
import { gatewayError } from './error-replies.ts';
import { renderReply } from './reply.ts';

const requestId = '0'.repeat(32);

/** Answers what Node could not parse as a request: it has no exchange, so the answer is written by hand. */
export function refuseUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? 494 : 400;
  const { headers, bytes } = renderReply(gatewayError('APIGW.0201', status), requestId);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `HTTP/1.1 ${String(status)} Bad Request\r\n${lines.join('')}content-length: ${String(bytes.length)}\r\n\r\n`;
  socket.end(Buffer.concat([Buffer.from(head), bytes]));
}
