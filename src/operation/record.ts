import type { Span } from '@opentelemetry/api';
import type { ErrorCode } from '../errors/codes.ts';
import type { HssError } from '../hss/transport/errors.ts';
import { createOperationCost, type OperationCost } from '../hss/transport/operation.ts';

/** What is reported about an operation when it has ended; filled in along the way. */
export interface OperationRecord {
  readonly requestId: string;
  /** On the clock of `performance.now()`. */
  readonly startedAt: number;
  readonly cost: OperationCost;
  /** Codes of the results of its writes: they are in the data of the response, not among its errors. */
  readonly writeCodes: Set<ErrorCode>;
  /** Why calls of its writes failed. */
  readonly writeFailures: HssError[];
  name: string | null;
  type: 'query' | 'mutation' | 'subscription' | null;
  /** Null until HSS is needed. */
  project: string | null;
  /** Null where tracing is off. */
  span: Span | null;
}

export function createRecord(requestId: string, maxReads: number, isCostShown: boolean): OperationRecord {
  return {
    requestId,
    startedAt: performance.now(),
    cost: createOperationCost(maxReads, isCostShown),
    writeCodes: new Set(),
    writeFailures: [],
    name: null,
    type: null,
    project: null,
    span: null,
  };
}
