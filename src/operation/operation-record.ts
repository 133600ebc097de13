import { randomUUID } from 'node:crypto';
import type { Span } from '@opentelemetry/api';
import { createOperationCost, type OperationCost } from '../hss/transport/operation.ts';

/** What is known of the operation that a request brings, from its arrival to its log line. */
export interface OperationRecord {
  /** Taken over from `X-Request-Id`, or made. */
  readonly requestId: string;
  /** On the clock of `performance.now()`. */
  readonly startedAt: number;
  readonly cost: OperationCost;
  /** Codes of the results of its writes: they stand in the data of the answer, not among its errors. */
  readonly writeCodes: Set<string>;
  name: string | null;
  type: 'query' | 'mutation' | 'subscription' | null;
  /** Null until HSS is to be asked. */
  project: string | null;
  /** Null where tracing is off. */
  span: Span | null;
}

const records = new WeakMap<Request, OperationRecord>();

/** Ids of other shapes may be anything, also a token: they are replaced. */
const requestIdShape = /^[\w.:-]{1,128}$/;

/** The record of a request, the same at every call. */
export function recordOf(request: Request, maxReads = 0): OperationRecord {
  const known = records.get(request);
  if (known) return known;
  const given = request.headers.get('x-request-id');
  const requestId = given !== null && requestIdShape.test(given) ? given : randomUUID();
  const record: OperationRecord = {
    requestId,
    startedAt: performance.now(),
    cost: createOperationCost(maxReads),
    writeCodes: new Set(),
    name: null,
    type: null,
    project: null,
    span: null,
  };
  records.set(request, record);
  return record;
}
