import { isHttpUrl } from './shapes.ts';
import type { ConfigFault } from './config-error.ts';

const otlpProtocols = ['http/json', 'http/protobuf'] as const;
export type OtlpProtocol = (typeof otlpProtocols)[number];

type Given = Readonly<Record<string, string | undefined>>;

/**
 * How spans are exported, by OpenTelemetry's own variables; null where none are made. The SDK reads the other variables
 * itself. A variable without effect is no fault: a cluster may set these for everything that runs in it.
 * @see https://opentelemetry.io/docs/specs/otel/protocol/exporter/
 */
export function readTracing(given: Given, faults: ConfigFault[]): OtlpProtocol | null {
  if (!isTraced(given)) return null;
  const refuse = (name: string, message: string): void => void faults.push({ name, message });
  if (![undefined, 'otlp'].includes(given.OTEL_TRACES_EXPORTER)) refuse('OTEL_TRACES_EXPORTER', 'must be otlp or none');
  for (const name of ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT']) {
    const endpoint = given[name];
    if (endpoint !== undefined && !isHttpUrl(endpoint)) refuse(name, 'must be an http or https URL');
  }
  let protocol: OtlpProtocol = 'http/json';
  // The more specific one comes last, and decides.
  for (const name of ['OTEL_EXPORTER_OTLP_PROTOCOL', 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL']) {
    const asked = given[name];
    if (asked === undefined) continue;
    const known = otlpProtocols.find((word) => word === asked);
    if (known === undefined) refuse(name, `must be one of ${otlpProtocols.join(', ')}`);
    else protocol = known;
  }
  return protocol;
}

/** Tracing is requested by naming an exporter, or by the address of a collector. */
function isTraced(given: Given): boolean {
  if (given.OTEL_SDK_DISABLED?.toLowerCase() === 'true') return false;
  const collector = given.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? given.OTEL_EXPORTER_OTLP_ENDPOINT;
  return (given.OTEL_TRACES_EXPORTER ?? (collector === undefined ? 'none' : 'otlp')) !== 'none';
}
