import type { Exchange } from './exchange.ts';
import type { AlteredReply } from './faults.ts';
import type { ListPage } from './list-ports.ts';
import type { RecordedCall } from './recorder.ts';
import type { Reply } from './reply.ts';
import { sendReply, startReply } from './reply.ts';

/** Sends the true answer as a fault alters it, including its delays. */
export async function sendAltered(exchange: Exchange, reply: Reply, altered: AlteredReply): Promise<void> {
  const { delayMs = 0, informational = [], trickleMs, pieceBytes = 1, idle408Ms } = altered;
  if (delayMs > 0) await exchange.pause(delayMs);
  for (const status of informational) sendInformational(exchange, status);
  if (idle408Ms !== undefined) exchange.response.once('finish', () => void refuseIdle(exchange, idle408Ms));
  const sent = alterReply(reply, altered, exchange.call);
  if (trickleMs === undefined) sendReply(exchange, sent);
  else await trickle(exchange, sent, trickleMs, pieceBytes);
}

function alterReply(reply: Reply, altered: AlteredReply, call: RecordedCall): Reply {
  const { status, page } = altered;
  if (status !== undefined) return { ...altered, status };
  const body = page && isListPage(reply.body) ? page(reply.body, call) : reply.body;
  return { ...reply, body, ...altered, status: reply.status, headers: { ...reply.headers, ...altered.headers } };
}

function isListPage(body: unknown): body is ListPage {
  return typeof body === 'object' && body !== null && 'data_list' in body;
}

function sendInformational({ response }: Exchange, status: 102 | 103): void {
  if (status === 102) response.writeProcessing();
  else response.writeEarlyHints({ link: '</v5>; rel=preconnect' });
}

async function trickle(exchange: Exchange, reply: Reply, intervalMs: number, pieceBytes: number): Promise<void> {
  const { response } = exchange;
  const bytes = startReply(exchange, reply);
  response.flushHeaders();
  for (let sent = 0; sent < bytes.length; sent += pieceBytes) {
    await exchange.pause(intervalMs);
    if (response.destroyed) return;
    response.write(bytes.subarray(sent, sent + pieceBytes));
  }
  response.end();
}

async function refuseIdle({ request: { socket }, pause }: Exchange, ms: number): Promise<void> {
  const isOpen = await pause(ms).then(
    () => socket.writable,
    () => false,
  );
  if (isOpen) socket.end('HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
}
