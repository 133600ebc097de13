import type { MaskedError } from '../errors/mask-error.ts';
import type { OperationResult } from '../http/graphql-response.ts';
import type { OperationRequest } from '../http/graphql-route.ts';
import type { OperationRecord } from './record.ts';

/** An operation that has ended. */
export interface Ended {
  readonly request: OperationRequest;
  readonly record: OperationRecord;
  readonly result: OperationResult;
  /** The errors as they were thrown, in the order of `result.errors`. */
  readonly raw: readonly unknown[];
}

/** How an operation ended, for its observers. */
export interface OperationEnd extends Ended {
  readonly milliseconds: number;
  /** Distinct codes of its errors, then of the results of its writes. */
  readonly codes: readonly string[];
  readonly aborted: boolean;
}

/** Reports an operation that has ended, and returns the result that its client gets. */
export type Finish = (ended: Ended) => OperationResult;

/** `observers` are called in order; `extend` may then add to the result what is known only by then. */
export function createFinish(
  observers: readonly ((end: OperationEnd) => void)[],
  extend: (result: OperationResult, record: OperationRecord) => OperationResult,
): Finish {
  return ({ request, record, result, raw }) => {
    const end = {
      request,
      record,
      result,
      raw,
      milliseconds: performance.now() - record.startedAt,
      codes: codesOf(result, record),
      aborted: request.cancellation.reason !== null,
    };
    for (const observe of observers) observe(end);
    return extend(result, record);
  };
}

const none: readonly string[] = [];

function codesOf({ errors }: OperationResult, { writeCodes }: OperationRecord): readonly string[] {
  if (!errors && writeCodes.size === 0) return none;
  return [...new Set([...((errors ?? []) as MaskedError[]).map(({ extensions }) => extensions.code), ...writeCodes])];
}
