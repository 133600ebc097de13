import { SpanKind, type SpanOptions } from '@opentelemetry/api';
import { traceHeaders } from '../span.ts';
import type { Exchange } from './exchange.ts';

const pathOf = {
  ListPorts: '/v5/{project_id}/asset/ports',
  BatchModifyPortStatus: '/v5/{project_id}/asset/batch-modify-port-status',
} as const;

/**
 * Name and attributes of the span of one HTTP call. The address of HSS and the ids in the path stay out of traces.
 * @see https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-client
 */
export function callSpan(
  call: Exchange & { readonly endpoint: keyof typeof pathOf },
  attempts: number,
): [string, SpanOptions] {
  const { method, endpoint } = call;
  const path = pathOf[endpoint];
  return [
    `${method} ${path}`,
    {
      kind: SpanKind.CLIENT,
      attributes: {
        'http.request.method': method,
        'url.template': path,
        ...(attempts > 1 && { 'http.request.resend_count': attempts - 1 }),
      },
    },
  ];
}

/** The headers of a call, with its own span in place of the caller's where there is one. */
export function withTrace(headers: Exchange['headers']): Exchange['headers'] {
  const own = traceHeaders();
  return 'traceparent' in own ? { ...headers, ...own } : headers;
}
