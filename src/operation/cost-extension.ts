import type { OperationResult } from '../http/graphql-response.ts';
import type { OperationCost } from '../hss/transport/operation.ts';
import type { OperationRecord } from './record.ts';
import { toShownCalls, type ShownCall } from './shown-calls.ts';

type ShownCost = Partial<Omit<OperationCost, 'calls'>> & { readonly calls: readonly ShownCall[] };

/** Shows developers what an operation cost in HSS, as `extensions.cost`, and by which calls. */
export function withCost(result: OperationResult, { cost, startedAt }: OperationRecord): OperationResult {
  if (result.refusal !== null) return result;
  const shown: ShownCost = {
    ...cost,
    upstreamMilliseconds: Math.round(cost.upstreamMilliseconds),
    calls: toShownCalls(cost, startedAt),
  };
  delete shown.readsLeft;
  delete shown.pages;
  return { ...result, extensions: { ...result.extensions, cost: shown } };
}
