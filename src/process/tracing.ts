import { DiagLogLevel, diag } from '@opentelemetry/api';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider, type SpanExporter } from '@opentelemetry/sdk-trace-node';
import type { OtlpProtocol } from '../config.ts';
import type { Logger } from '../log.ts';

/** How long sending the last spans may take. */
const shutdownMs = 3_000;

export interface Tracing {
  /** Sends the remaining spans, or gives them up. */
  close(): Promise<void>;
}

/**
 * Starts OpenTelemetry: spans are sent by OTLP over HTTP. The SDK itself reads where to, which ones and as what from
 * the standard variables (OTEL_EXPORTER_OTLP_*, OTEL_TRACES_SAMPLER, OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES …).
 */
export async function startTracing(log: Logger, protocol: OtlpProtocol): Promise<Tracing> {
  diag.setLogger(toDiagLogger(log), { logLevel: DiagLogLevel.WARN });
  const provider = new NodeTracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes({ 'service.name': 'hss-open-port-gateway' }))
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(await createExporter(protocol))],
  });
  // With its defaults: AsyncLocalStorage for the running span, W3C trace context and baggage for headers.
  provider.register();
  return {
    async close() {
      const patience = new Promise<void>((resolve) => setTimeout(resolve, shutdownMs).unref());
      await Promise.race([provider.shutdown().catch(() => undefined), patience]);
    },
  };
}

async function createExporter(protocol: OtlpProtocol): Promise<SpanExporter> {
  const { OTLPTraceExporter } = await (protocol === 'http/json'
    ? import('@opentelemetry/exporter-trace-otlp-http')
    : import('@opentelemetry/exporter-trace-otlp-proto'));
  return new OTLPTraceExporter();
}

/** The SDK's warnings are about itself and its collector. */
function toDiagLogger(log: Logger): Parameters<typeof diag.setLogger>[0] {
  const ignore = (): void => undefined;
  const warn = (...parts: unknown[]): void => {
    const detail = parts
      .map(describe)
      .filter((text) => text !== null)
      .join(' ');
    log.warn({ detail }, 'tracing');
  };
  return { error: warn, warn, info: ignore, debug: ignore, verbose: ignore };
}

/** What the SDK says. Its errors are JSON with the collector's answer as `data`: no body may go into the log. */
function describe(part: unknown): string | null {
  if (part instanceof Error) return part.message;
  if (typeof part !== 'string') return null;
  if (!part.startsWith('{')) return part;
  try {
    const { message, code } = JSON.parse(part) as { readonly message?: string; readonly code?: string };
    return [message, code].filter((text) => text !== undefined).join(' ');
  } catch {
    return null;
  }
}
