import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { listPortsEndpoint } from '../hss/list-ports.ts';
import { reasonLabel } from '../hss/transport/failure-reasons.ts';
import { modifyPortStatusEndpoint } from '../hss/modify-port-status.ts';
import type { Attempt, UpstreamState } from '../hss/transport/upstream.ts';
import type { OperationEnd } from './use-operation-log.ts';
import type { ErrorCode } from '../errors/codes.ts';

/** Prometheus metrics of one gateway. No label takes a value that a client can choose. */
export interface Metrics {
  readonly contentType: string;
  text(): Promise<string>;
  onAttempt(attempt: Attempt): void;
  /** A call of HSS had no answer, for this reason. */
  onFailure(reason: string): void;
  onOperation(end: OperationEnd): void;
}

const bugCode: ErrorCode = 'INTERNAL_SERVER_ERROR';
const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25];

/** Makes of a registry what reads it. */
export type MetricsReader = (registry: Registry) => () => Promise<string>;

/** What limits and alerts hold against a process: of several workers the worst counts, and no sum. */
const ofOneProcess = /(_bytes|_fds|_lag(_p\d+)?_seconds)$/;

const ownMetrics: MetricsReader = (registry) => () => registry.metrics();

export function createMetrics(stateOf: () => UpstreamState, reader: MetricsReader = ownMetrics): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  for (const metric of registry.getMetricsAsArray()) if (ofOneProcess.test(metric.name)) metric.aggregator = 'max';

  const operations = new Histogram({
    name: 'hss_gateway_operation_duration_seconds',
    help: "GraphQL operations by type and outcome: ok, aborted, or the code of the first error, of a bug before others; where there is none, of a write's results.",
    labelNames: ['type', 'outcome'] as const,
    buckets: seconds,
    registers,
  });
  const calls = new Histogram({
    name: 'hss_gateway_upstream_call_duration_seconds',
    help: 'HTTP calls of HSS, retries included, by endpoint and status class; 429 by itself, none where no answer came.',
    labelNames: ['endpoint', 'status'] as const,
    buckets: seconds,
    registers,
  });
  const bugs = new Counter({
    name: 'hss_gateway_bugs_total',
    help: 'GraphQL operations with a bug in them.',
    registers,
  });
  const retries = new Counter({
    name: 'hss_gateway_upstream_retries_total',
    help: 'HTTP calls of HSS that repeat a failed one.',
    labelNames: ['endpoint'] as const,
    registers,
  });
  // A counter that only appears with its first event looks to Prometheus as if nothing had happened.
  for (const { name } of [listPortsEndpoint, modifyPortStatusEndpoint]) retries.inc({ endpoint: name }, 0);
  const failures = new Counter({
    name: 'hss_gateway_upstream_failures_total',
    help: "Calls of HSS without an answer, retries included, by reason: a code of the system or of TLS, the gateway's own (QUEUE_FULL, QUEUE_TIMEOUT: it is overloaded; CIRCUIT_OPEN, RESPONSE_TIMEOUT, PROXY_REFUSED), or other.",
    labelNames: ['reason'] as const,
    registers,
  });
  const rows = new Counter({ name: 'hss_gateway_rows_total', help: 'Rows that HSS sent.', registers });
  const foreignRows = new Counter({
    name: 'hss_gateway_foreign_rows_total',
    help: 'Rows that HSS sent of another host than the one asked for, and that were left out.',
    registers,
  });
  const merged = new Counter({
    name: 'hss_gateway_merged_windows_total',
    help: 'Pages answered from a read that another page opened.',
    registers,
  });
  const gauge = (name: string, help: string, read: (state: UpstreamState) => number): Gauge =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read(stateOf()));
      },
    });
  gauge(
    'hss_gateway_breakers_open',
    'Circuits (HSS, a project, a token of a project) whose calls of HSS are refused at the moment.',
    (state) => state.openBreakers,
  );
  gauge('hss_gateway_upstream_waiting', 'Calls of HSS that wait for a place.', (state) => state.waitingCalls);

  return {
    contentType: registry.contentType,
    text: reader(registry),
    onAttempt({ endpoint, status, milliseconds, isRetry }) {
      calls.observe({ endpoint: endpoint.name, status: statusClass(status) }, milliseconds / 1000);
      if (isRetry) retries.inc({ endpoint: endpoint.name });
    },
    onFailure: (reason) => failures.inc({ reason: reasonLabel(reason) }),
    onOperation({ record, milliseconds, codes, aborted }) {
      const outcome = aborted ? 'aborted' : outcomeOf(codes);
      operations.observe({ type: record.type ?? 'refused', outcome }, milliseconds / 1000);
      if (codes.includes(bugCode)) bugs.inc();
      rows.inc(record.cost.rows);
      foreignRows.inc(record.cost.foreignRows);
      merged.inc(record.cost.mergedWindows);
    },
  };
}

/** A bug wakes somebody, and so must not hide behind what a client got wrong in the same operation. */
function outcomeOf(codes: readonly string[]): string {
  return codes.find((code) => code === bugCode) ?? codes[0] ?? 'ok';
}

/** Throttling stands by itself: it is the one refusal that the gateway's own load can bring about. */
function statusClass(status: number | null): string {
  if (status === null) return 'none';
  return status === 429 ? '429' : `${Math.floor(status / 100)}xx`;
}
