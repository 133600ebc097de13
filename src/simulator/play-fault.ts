import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Exchange } from './exchange.ts';
import type { Fault } from './faults.ts';
import { hugeBody } from './huge-body.ts';
import type { Outcome } from './operation.ts';
import type { RenderedReply, Reply } from './reply.ts';
import { renderReply, sendReply } from './reply.ts';

/** Lets a fault happen to an exchange; `decide` tells what HSS would have answered. */
export async function playFault(fault: Fault, exchange: Exchange, decide: () => Promise<Outcome>): Promise<void> {
  const { answer } = fault;
  const { reply, apply } = await decide();
  // At once: a client that gives up during a delay may have been obeyed all the same.
  if (fault.applied ?? sendsTrueAnswer(fault)) apply();

  if (typeof answer === 'object') {
    if ('delayMs' in answer && answer.delayMs) await exchange.pause(answer.delayMs);
    if ('status' in answer) sendReply(exchange, answer);
    else if ('trickleMs' in answer) await trickle(exchange, reply, answer.trickleMs, answer.pieceBytes ?? 1);
    else sendReply(exchange, reply);
    return;
  }
  if (answer === 'reset') reset(exchange);
  if (answer === 'reset-after-headers') await resetAfterHeaders(exchange, reply);
  if (answer === 'cut-body') cutBody(exchange, reply);
  if (answer === 'huge-body') await sendHugeBody(exchange);
}

function sendsTrueAnswer({ answer }: Fault): boolean {
  return answer === 'cut-body' || (typeof answer === 'object' && !('status' in answer));
}

async function trickle(exchange: Exchange, reply: Reply, intervalMs: number, pieceBytes: number): Promise<void> {
  const bytes = startReply(exchange, renderReply(reply, exchange.requestId));
  for (let sent = 0; sent < bytes.length; sent += pieceBytes) {
    await exchange.pause(intervalMs);
    if (exchange.response.destroyed) return;
    exchange.response.write(bytes.subarray(sent, sent + pieceBytes));
  }
  exchange.response.end();
}

function reset({ request, leave }: Exchange): void {
  leave();
  request.socket.resetAndDestroy();
}

async function resetAfterHeaders(exchange: Exchange, reply: Reply): Promise<void> {
  startReply(exchange, withLongerBody(renderReply(reply, exchange.requestId)));
  // A reset overtakes what is still on its way: the headers need a moment to arrive.
  await exchange.pause(20);
  reset(exchange);
}

function cutBody(exchange: Exchange, reply: Reply): void {
  const { request, response, leave } = exchange;
  const bytes = startReply(exchange, withLongerBody(renderReply(reply, exchange.requestId)));
  const half = bytes.length > 1 ? bytes.subarray(0, bytes.length / 2) : Buffer.from('{');
  response.write(half, () => {
    leave();
    request.socket.destroy();
  });
}

async function sendHugeBody(exchange: Exchange): Promise<void> {
  const { response, requestId } = exchange;
  const reply: Reply = {
    status: 200,
    contentType: 'application/json',
    headers: { 'transfer-encoding': 'chunked' },
  };
  startReply(exchange, renderReply(reply, requestId));
  // A client that has had enough and leaves is no fault of ours.
  await pipeline(Readable.from(hugeBody()), response).catch(() => undefined);
}

// An empty body would be complete with its headers, and nothing could be missing from it.
function withLongerBody(rendered: RenderedReply): RenderedReply {
  if (!('content-length' in rendered.headers)) return rendered;
  const length = String(Math.max(rendered.bytes.length, 16));
  return { ...rendered, headers: { ...rendered.headers, 'content-length': length } };
}

function startReply({ response, call }: Exchange, { status, headers, bytes }: RenderedReply): Buffer {
  if (response.destroyed) return bytes;
  call.status = status;
  response.writeHead(status, headers);
  response.flushHeaders();
  return bytes;
}
