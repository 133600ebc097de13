import {
  INVALID_SPAN_CONTEXT,
  SpanStatusCode,
  context,
  propagation,
  trace,
  type Span,
  type SpanContext,
  type SpanOptions,
} from '@opentelemetry/api';

const tracer = trace.getTracer('hss-open-port-gateway');

const noSpan = trace.wrapSpanContext(INVALID_SPAN_CONTEXT);

/** Runs a part of something traced in a span of its own; where nothing is traced, just runs it. */
export function inChildSpan<T>(
  describe: () => readonly [name: string, options: SpanOptions],
  run: (span: Span) => Promise<T>,
): Promise<T> {
  return trace.getActiveSpan() ? inSpan(...describe(), run) : run(noSpan);
}

/** Runs something in a span. A failure marks the span with its kind alone: a message might say too much. */
export async function inSpan<T>(name: string, options: SpanOptions, run: (span: Span) => Promise<T>): Promise<T> {
  return tracer.startActiveSpan(name, options, async (span) => {
    try {
      return await run(span);
    } catch (error) {
      markFailed(span, error instanceof Error && 'kind' in error ? String(error.kind) : 'bug');
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Records that the running span shared another one's work; null: that one is not traced. */
export function linkActiveSpan(to: SpanContext | null): void {
  if (to) trace.getActiveSpan()?.addLink({ context: to });
}

/** `type` is one of few words. */
export function markFailed(span: Span, type: string): void {
  span.setAttribute('error.type', type);
  span.setStatus({ code: SpanStatusCode.ERROR });
}

/** Headers that make the running span the parent of the called server's spans; null where nothing is traced. */
export function traceHeaders(): Readonly<Record<string, string>> | null {
  if (!trace.getActiveSpan()) return null;
  const headers: Record<string, string> = {};
  propagation.inject(context.active(), headers);
  return headers;
}
