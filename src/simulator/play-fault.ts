import { sendAltered } from './altered-reply.ts';
import { cutBody, reset, resetAfterHeaders } from './broken-connection.ts';
import type { Exchange } from './exchange.ts';
import type { Fault } from './faults.ts';
import { sendHugeBody } from './huge-body.ts';
import type { Outcome } from './operation.ts';

/** Plays a fault on an exchange; the outcome is what HSS would have answered and done. */
export async function playFault(fault: Fault, exchange: Exchange, { reply, apply }: Outcome): Promise<void> {
  const { answer } = fault;
  // Before any delay: the change may have happened even if the client gives up during it.
  if (fault.applied ?? sendsTrueAnswer(fault)) apply();

  if (typeof answer === 'object') await sendAltered(exchange, reply, answer);
  if (answer === 'reset') reset(exchange);
  if (answer === 'reset-after-headers') await resetAfterHeaders(exchange, reply);
  if (answer === 'cut-body') cutBody(exchange, reply);
  if (answer === 'huge-body') await sendHugeBody(exchange);
}

function sendsTrueAnswer({ answer }: Fault): boolean {
  return answer === 'cut-body' || (typeof answer === 'object' && answer.status === undefined);
}
