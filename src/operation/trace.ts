import { ROOT_CONTEXT, SpanKind, context, propagation, type TextMapGetter } from '@opentelemetry/api';
import type { MaskedError } from '../errors/mask-error.ts';
import type { OperationResult } from '../http/graphql-response.ts';
import type { OperationRequest } from '../http/graphql-route.ts';
import type { HeaderReader } from '../http/request.ts';
import { inSpan, markFailed } from '../span.ts';
import { readTracestate } from './caller-headers.ts';
import type { OperationRecord } from './record.ts';

/**
 * Runs an operation as a span below the caller's own (`traceparent`).
 * @see https://opentelemetry.io/docs/specs/semconv/graphql/graphql-spans/
 */
export function traceOperation(
  { headers }: OperationRequest,
  record: OperationRecord,
  run: () => Promise<OperationResult>,
): Promise<OperationResult> {
  const caller = propagation.extract(ROOT_CONTEXT, headers, traceContext);
  return context.with(caller, () =>
    inSpan('GraphQL Operation', { kind: SpanKind.SERVER }, async (span) => {
      record.span = span;
      const result = await run();
      const { name, type } = record;
      if (type !== null) span.updateName(type).setAttribute('graphql.operation.type', type);
      // Chosen by the client, and so an attribute, not the name of the span.
      if (name !== null) span.setAttribute('graphql.operation.name', name);
      const [error] = (result.errors ?? []) as MaskedError[];
      if (error) markFailed(span, error.extensions.code);
      return result;
    }),
  );
}

/** Nothing else of the caller's headers is to travel on: not their baggage. */
const traceContext: TextMapGetter<HeaderReader> = {
  keys: () => ['traceparent', 'tracestate'],
  get(headers, name) {
    if (name === 'tracestate') return readTracestate(headers) ?? undefined;
    return name === 'traceparent' ? (headers.get(name) ?? undefined) : undefined;
  },
};
