import type { Exchange } from './exchange.ts';
import type { Reply } from './reply.ts';
import { renderReply, startReply } from './reply.ts';

/** Resets the connection instead of answering. */
export function reset({ request, leave }: Exchange): void {
  leave();
  request.socket.resetAndDestroy();
}

/** Resets the connection between the headers of an answer and its body. */
export async function resetAfterHeaders(exchange: Exchange, reply: Reply): Promise<void> {
  startReply(exchange, withLongerBody(reply, exchange.requestId));
  exchange.response.flushHeaders();
  // A reset overtakes data still in flight: the headers need a moment to arrive.
  await exchange.pause(20);
  reset(exchange);
}

/** Closes the connection in the middle of an answer's body. */
export function cutBody(exchange: Exchange, reply: Reply): void {
  const { request, response, leave } = exchange;
  const bytes = startReply(exchange, withLongerBody(reply, exchange.requestId));
  const half = bytes.length > 1 ? bytes.subarray(0, bytes.length / 2) : Buffer.from('{');
  response.write(half, () => {
    leave();
    request.socket.destroy();
  });
}

// An empty body would be complete with its headers, so none of it could be missing.
function withLongerBody(reply: Reply, requestId: string): Reply {
  const length = renderReply(reply, requestId).headers['content-length'];
  if (length === undefined) return reply;
  return { ...reply, headers: { ...reply.headers, 'content-length': String(Math.max(Number(length), 16)) } };
}
