import type { OperationResult } from '../http/graphql-response.ts';
import type { OperationCost } from '../hss/transport/operation.ts';
import type { OperationRecord } from './record.ts';

/** Shows developers what an operation cost in HSS, as `extensions.cost`. */
export function withCost(result: OperationResult, { cost }: OperationRecord): OperationResult {
  if (result.refusal !== null) return result;
  const shown: Partial<OperationCost> = { ...cost, upstreamMilliseconds: Math.round(cost.upstreamMilliseconds) };
  delete shown.readsLeft;
  delete shown.calls;
  return { ...result, extensions: { ...result.extensions, cost: shown } };
}
