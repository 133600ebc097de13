import type { OperationCost } from '../hss/transport/operation.ts';
import type { OperationRecord } from './record.ts';
import { toShownCalls, type ShownCall } from './shown-calls.ts';

/** What an operation cost in HSS, as shown to developers in `extensions.cost`. */
export interface ShownCost extends Omit<OperationCost, 'calls' | 'heldBytes' | 'readsLeft' | 'pages'> {
  readonly calls: readonly ShownCall[];
}

export function shownCost({ cost, startedAt }: OperationRecord): ShownCost {
  const { reads, writes, retries, shared, rows, foreignRows, windows, mergedWindows } = cost;
  return {
    ...{ reads, writes, retries, shared, rows, foreignRows, windows, mergedWindows },
    upstreamMilliseconds: Math.round(cost.upstreamMilliseconds),
    calls: toShownCalls(cost, startedAt),
  };
}
