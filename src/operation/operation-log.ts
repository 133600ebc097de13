import type { MaskedError } from '../errors/mask-error.ts';
import { HssError, upstreamFailure, type UpstreamFailure } from '../hss/transport/errors.ts';
import type { ReadClient } from './client.ts';
import type { Logger } from '../log.ts';
import { readTraceId } from './caller-headers.ts';
import type { OperationEnd } from './finish.ts';

export interface OperationLogOptions {
  readonly readClient: ReadClient;
  /** The share that is logged of operations that only read and succeeded. */
  readonly sample: number;
}

/** How many failed calls a line reports; as a rule, all have the same reason. */
const maxFailures = 3;

/**
 * Logs one line per operation, as a warning if it failed; the stack of a bug on a line of its own, as an error. Of
 * operations that succeeded and changed nothing, only a share is logged.
 */
export function createOperationLog(
  log: Logger,
  { readClient, sample }: OperationLogOptions,
): (end: OperationEnd) => void {
  return ({ request, record, result, raw, milliseconds, codes, aborted }) => {
    const { requestId, name, type, project, cost, span } = record;
    // An operation that fails because its caller left is no failure.
    const hasFailed = !aborted && codes.length > 0;
    const isPlain = !aborted && !hasFailed && type === 'query';
    if (isPlain && sample < 1 && Math.random() >= sample) return;
    const traceId = span?.spanContext().traceId ?? readTraceId(request.headers);
    const { client, address } = readClient(request);
    // Undefined members are left out of the line.
    const line = {
      requestId,
      traceId: traceId ?? undefined,
      client,
      address,
      operation: name,
      type,
      project,
      milliseconds: Math.round(milliseconds),
      reads: cost.reads,
      writes: cost.writes,
      retries: cost.retries,
      shared: cost.shared,
      aborted: aborted || undefined,
      codes: aborted ? undefined : codes,
      failures: hasFailed ? failuresOf([...raw.map(thrown), ...record.writeFailures]) : undefined,
      status: result.refusal?.status,
    };
    if (hasFailed) log.warn(line, 'operation');
    else log.info(line, 'operation');
    for (const [index, error] of ((result.errors ?? []) as MaskedError[]).entries()) {
      if (error.extensions.code === 'INTERNAL_SERVER_ERROR')
        log.error({ requestId, stack: stackOf(raw[index]) }, 'bug');
    }
  };
}

/** Why calls to HSS failed, each reason once; undefined where none did. */
function failuresOf(errors: readonly unknown[]): UpstreamFailure[] | undefined {
  const failures = new Map<string, UpstreamFailure>();
  for (const error of errors) {
    if (failures.size === maxFailures) break;
    if (!(error instanceof HssError)) continue;
    const failure = upstreamFailure(error);
    const { reason, status, code } = failure;
    if (reason === undefined && status === undefined) continue;
    const key = JSON.stringify([reason, status, code]);
    if (!failures.has(key)) failures.set(key, failure);
  }
  return failures.size === 0 ? undefined : [...failures.values()];
}

/** What a resolver threw, without the GraphQL error that says in which field. */
const thrown = (error: unknown): unknown => (error as { originalError?: unknown } | null)?.originalError ?? error;

/** The stack alone: nobody has checked what else an error of some library carries. */
const stackOf = (error: unknown): string | undefined => (thrown(error) as { stack?: string }).stack;
