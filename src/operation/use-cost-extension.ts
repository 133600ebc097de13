import type { ExecutionResult } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import { recordOf } from './operation-record.ts';

/** Shows developers what an operation cost in HSS, as `extensions.cost`. */
export function useCostExtension(): Plugin {
  return {
    onResultProcess(processed) {
      const { request, result } = processed;
      if (Array.isArray(result) || isAsyncIterable(result)) return;
      const { data, extensions } = result as ExecutionResult;
      if (data === undefined) return;
      const { upstreamMilliseconds, ...counts } = recordOf(request).cost;
      const cost = { ...counts, upstreamMilliseconds: Math.round(upstreamMilliseconds) };
      processed.setResult({ ...result, extensions: { ...extensions, cost } });
    },
  };
}
