import type { OperationResult } from '../http/graphql-response.ts';
import type { OperationRecord } from './record.ts';

/** Shows developers what an operation cost in HSS, as `extensions.cost`. */
export function withCost(result: OperationResult, { cost }: OperationRecord): OperationResult {
  if (result.refusal !== null) return result;
  const { upstreamMilliseconds, readsLeft: _, ...counts } = cost;
  const shown = { ...counts, upstreamMilliseconds: Math.round(upstreamMilliseconds) };
  return { ...result, extensions: { ...result.extensions, cost: shown } };
}
