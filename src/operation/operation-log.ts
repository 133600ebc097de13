import type { MaskedError } from '../errors/mask-error.ts';
import type { Logger } from '../log.ts';
import type { OperationEnd } from './finish.ts';

/** Writes one line an operation; the stack of a bug in a line of its own. */
export function createOperationLog(log: Logger): (end: OperationEnd) => void {
  return ({ record, result, raw, milliseconds, codes, aborted }) => {
    const { requestId, name, type, project, cost, span } = record;
    log.info(
      {
        requestId,
        ...(span && { traceId: span.spanContext().traceId }),
        operation: name,
        type,
        project,
        milliseconds: Math.round(milliseconds),
        reads: cost.reads,
        writes: cost.writes,
        retries: cost.retries,
        shared: cost.shared,
        // What fails because its caller left is no error.
        ...(aborted ? { aborted } : { codes }),
      },
      'operation',
    );
    for (const [index, error] of ((result.errors ?? []) as MaskedError[]).entries()) {
      if (error.extensions.code === 'INTERNAL_SERVER_ERROR')
        log.error({ requestId, stack: stackOf(raw[index]) }, 'bug');
    }
  };
}

/** The stack alone: what else an error of some library carries, nobody has looked through. */
function stackOf(error: unknown): string | undefined {
  const { originalError } = error as { originalError?: unknown };
  return ((originalError ?? error) as { stack?: string }).stack;
}
