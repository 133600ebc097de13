import { getOperationAST, type ExecutionArgs, type ExecutionResult, type GraphQLError } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { Logger } from '../log.ts';
import { recordOf, type OperationRecord } from './operation-record.ts';

/** What an operation came to. */
export interface OperationEnd {
  readonly record: OperationRecord;
  readonly milliseconds: number;
  /** Distinct codes of its errors, and after them of its writes' results. */
  readonly codes: readonly string[];
  readonly aborted: boolean;
}

/** Writes one line an operation; the stack of a bug in a line of its own. `onEnd` is told the same. */
export function useOperationLog(log: Logger, onEnd: (end: OperationEnd) => void): Plugin {
  return {
    onExecute({ args }) {
      const { document, operationName, contextValue } = args as ExecutionArgs;
      const { request } = contextValue as { request?: Request };
      if (!request) return;
      const operation = getOperationAST(document, operationName);
      const record = recordOf(request);
      record.name = operation?.name?.value.slice(0, 128) ?? null;
      record.type = operation?.operation ?? null;
    },
    onResultProcess({ request, result }) {
      if (Array.isArray(result) || isAsyncIterable(result)) return;
      const { errors = [] } = result as ExecutionResult;
      const record = recordOf(request);
      const { requestId, name, type, project, cost, span } = record;
      const aborted = request.signal.aborted;
      const end = {
        record,
        milliseconds: performance.now() - record.startedAt,
        codes: codesOf(errors, record),
        aborted,
      };
      const { codes } = end;
      log.info(
        {
          requestId,
          ...(span && { traceId: span.spanContext().traceId }),
          operation: name,
          type,
          project,
          milliseconds: Math.round(end.milliseconds),
          reads: cost.reads,
          writes: cost.writes,
          retries: cost.retries,
          // What fails because its caller left is no error.
          ...(aborted ? { aborted } : { codes }),
        },
        'operation',
      );
      for (const error of errors) {
        // The stack alone: what else an error of some library carries, nobody has looked through.
        if (error.extensions.code === 'INTERNAL_SERVER_ERROR')
          log.error({ requestId, stack: (error.originalError ?? error).stack }, 'bug');
      }
      onEnd(end);
    },
  };
}

function codesOf(errors: readonly GraphQLError[], { writeCodes }: OperationRecord): string[] {
  return [...new Set([...errors.map(({ extensions }) => String(extensions.code)), ...writeCodes])];
}
