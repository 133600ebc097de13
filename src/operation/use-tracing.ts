import { ROOT_CONTEXT, SpanKind, context, propagation, type TextMapGetter } from '@opentelemetry/api';
import type { ExecutionResult } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import { recordOf } from './operation-record.ts';
import { inSpan, markFailed } from '../span.ts';

/**
 * A span for each operation, below the caller's own (`traceparent`).
 * @see https://opentelemetry.io/docs/specs/semconv/graphql/graphql-spans/
 */
export function useTracing(): Plugin {
  return {
    instrumentation: {
      operation: ({ request }, execute) => {
        const caller = propagation.extract(ROOT_CONTEXT, request.headers, traceContext);
        return context.with(caller, () =>
          inSpan('GraphQL Operation', { kind: SpanKind.SERVER }, async (span) => {
            recordOf(request).span = span;
            await execute();
          }),
        );
      },
    },
    onExecutionResult({ request, result }) {
      const { span, name, type } = recordOf(request);
      if (!span) return;
      if (type !== null) span.updateName(type).setAttribute('graphql.operation.type', type);
      // Chosen by the client, and so an attribute, not the name of the span.
      if (name !== null) span.setAttribute('graphql.operation.name', name);
      if (isAsyncIterable(result)) return;
      const [error] = (result as ExecutionResult | undefined)?.errors ?? [];
      if (error) markFailed(span, typeof error.extensions.code === 'string' ? error.extensions.code : 'refused');
    },
  };
}

/** Nothing else of the caller's headers is to travel on: not his baggage. */
const traceContextHeaders = ['traceparent', 'tracestate'];
const traceContext: TextMapGetter<Headers> = {
  keys: () => traceContextHeaders,
  get: (headers, name) => (traceContextHeaders.includes(name) ? (headers.get(name) ?? undefined) : undefined),
};
