import { SpanKind, type SpanOptions } from '@opentelemetry/api';
import { traceHeaders } from '../../span.ts';
import type { Endpoint } from './endpoint.ts';
import type { Exchange } from './exchange.ts';

/**
 * Name and attributes of the span of one HTTP call. The address of HSS and the ids in the path stay out of traces.
 * @see https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-client
 */
export const callSpan =
  ({ method, template }: Endpoint, attempts: number) =>
  (): [string, SpanOptions] => [
    `${method} ${template}`,
    {
      kind: SpanKind.CLIENT,
      attributes: {
        'http.request.method': method,
        'url.template': template,
        ...(attempts > 1 && { 'http.request.resend_count': attempts - 1 }),
      },
    },
  ];

/** A call's headers. If it has its own span, that span and its state replace the caller's. */
export function withTrace(headers: Exchange['headers']): Exchange['headers'] {
  const own = traceHeaders();
  if (own === null || !('traceparent' in own)) return headers;
  const others: Record<string, string> = { ...headers };
  delete others.tracestate;
  return Object.assign(others, own);
}
