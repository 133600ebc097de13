import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { ErrorCode } from '../errors/codes.ts';
import type { UpstreamState } from '../hss/transport/upstream.ts';
import { lostLines } from '../log.ts';
import { version } from '../version.ts';
import { createUpstreamMetrics, durationBuckets, type UpstreamMetrics } from './upstream-metrics.ts';
import { refusalReasons, type RefusedRequest } from '../http/request.ts';
import type { OperationEnd } from './finish.ts';

/** Prometheus metrics of one gateway. No label takes a value that a client can choose. */
export interface Metrics extends UpstreamMetrics {
  readonly contentType: string;
  text(): Promise<string>;
  onOperation(end: OperationEnd): void;
  onRefused(refused: RefusedRequest): void;
}

export interface MetricsOptions {
  readonly stateOf: () => UpstreamState;
  readonly operationsUnderWay: () => number;
  /** Whether HSS is the embedded simulator. */
  readonly hasSimulator: boolean;
  /** What `text` reads; by default, the metrics of this gateway. */
  readonly reader?: MetricsReader | undefined;
}

const bugCode: ErrorCode = 'INTERNAL_SERVER_ERROR';
/** Makes the reader of a registry. */
export type MetricsReader = (registry: Registry) => () => Promise<string>;

/** Metrics with limits and alerts per process: of several workers, the worst counts, not the sum. */
const ofOneProcess = /(_bytes|_fds|_lag(_p\d+)?_seconds)$/;

const ownMetrics: MetricsReader = (registry) => () => registry.metrics();

export function createMetrics(options: MetricsOptions): Metrics {
  const { stateOf, operationsUnderWay, hasSimulator, reader = ownMetrics } = options;
  const registry = new Registry();
  const registers = [registry];
  const counter = (name: string, help: string): Counter => new Counter({ name, help, registers });
  collectDefaultMetrics({ register: registry });
  for (const metric of registry.getMetricsAsArray()) if (ofOneProcess.test(metric.name)) metric.aggregator = 'max';

  new Gauge({
    name: 'hss_gateway_build_info',
    help: 'Always 1: its label is the version that runs.',
    labelNames: ['version'] as const,
    aggregator: 'max',
    registers,
  }).set({ version }, 1);
  new Gauge({
    name: 'hss_gateway_simulator',
    help: '1 if the ports come from the embedded simulator, 0 if they come from an HSS.',
    aggregator: 'max',
    registers,
  }).set(hasSimulator ? 1 : 0);
  const operations = new Histogram({
    name: 'hss_gateway_operation_duration_seconds',
    help: "GraphQL operations by type and outcome: ok, aborted, or the code of the first error, of a bug before others; where there is none, of a write's results.",
    labelNames: ['type', 'outcome'] as const,
    buckets: durationBuckets,
    registers,
  });
  new Gauge({
    name: 'hss_gateway_operations_under_way',
    help: 'GraphQL operations that have begun and not ended; from 4,000 on new ones are refused.',
    registers,
    collect() {
      this.set(operationsUnderWay());
    },
  });
  const bugs = counter('hss_gateway_bugs_total', 'GraphQL operations with a bug in them.');
  const refused = new Counter({
    name: 'hss_gateway_refused_requests_total',
    help: "HTTP requests refused before they were operations, by reason: secret (the router's is wrong), host, path, method, accept, header, http (unreadable), busy.",
    labelNames: ['reason'] as const,
    registers,
  });
  // A counter that only appears with its first event looks to Prometheus as if nothing had happened.
  for (const reason of refusalReasons) refused.inc({ reason }, 0);
  let countedLost = 0;
  new Counter({
    name: 'hss_gateway_log_lines_lost_total',
    help: 'Log lines, audit lines included, that were lost because nobody read standard output.',
    registers,
    collect() {
      this.inc(lostLines() - countedLost);
      countedLost = lostLines();
    },
  });
  const rows = counter(
    'hss_gateway_rows_total',
    'Rows from HSS that operations read; those of a shared call count for each of them.',
  );
  const foreignRows = counter(
    'hss_gateway_foreign_rows_total',
    'Rows of another host than the one asked for, which were left out.',
  );
  const shared = counter(
    'hss_gateway_shared_reads_total',
    'Reads that joined an equal one under way, of the same token, in place of a call of their own.',
  );
  const merged = counter('hss_gateway_merged_windows_total', 'Pages answered from a read that another page opened.');

  return {
    ...createUpstreamMetrics(registry, stateOf),
    contentType: registry.contentType,
    text: reader(registry),
    onRefused: ({ reason }) => refused.inc({ reason }),
    onOperation({ record, milliseconds, codes, aborted }) {
      const outcome = aborted ? 'aborted' : outcomeOf(codes);
      operations.observe({ type: record.type ?? 'refused', outcome }, milliseconds / 1000);
      if (codes.includes(bugCode)) bugs.inc();
      add(rows, record.cost.rows);
      add(foreignRows, record.cost.foreignRows);
      add(shared, record.cost.shared);
      add(merged, record.cost.mergedWindows);
    },
  };
}

/** Most operations add nothing to most counters, and prom-client takes its time over a zero, too. */
function add(counter: Counter, count: number): void {
  if (count > 0) counter.inc(count);
}

/** A bug comes first, as an alert watches for it, whatever else a client got wrong in the operation. */
function outcomeOf(codes: readonly string[]): string {
  return codes.find((code) => code === bugCode) ?? codes[0] ?? 'ok';
}
