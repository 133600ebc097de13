import cluster, { type Worker } from 'node:cluster';
import process from 'node:process';
import { AggregatorRegistry, type Registry } from 'prom-client';
import type { Logger } from '../log.ts';
import { ask, onAsked } from './messages.ts';

/** How long a worker may take to report; one that has just started cannot yet. */
const reportPatienceMs = 1_000;
/** How long a worker waits for the sum; its primary waits for the slowest worker first. */
const sumPatienceMs = 3_000;

/** Metrics in prom-client's JSON form. */
type Report = readonly object[];

/** The last report of each living worker, by its id. */
const lastReports = new Map<number, Report>();
/** The counts of workers that are gone. Without them a sum would get smaller, which Prometheus takes for a restart. */
let countedByGone: Promise<Report> = Promise.resolve([]);

/** In the primary: sums up the metrics of all workers, and its own, for the worker that was asked for them. */
export function answerMetricsRequests(log: Logger, own: Registry): void {
  let underWay: Promise<string> | null = null;
  cluster.on('exit', ({ id }) => {
    const last = lastReports.get(id);
    lastReports.delete(id);
    if (last)
      countedByGone = countedByGone.then((before) => sumOf([before, last.filter(isCounted)]).getMetricsAsJSON());
  });
  onAsked('metrics', () => {
    // Concurrent scrapes share one sum.
    underWay ??= sumUp(own).finally(() => (underWay = null));
    return underWay.catch((error: unknown) => {
      log.error({ stack: error instanceof Error ? error.stack : null }, 'bug');
      throw error;
    });
  });
}

async function sumUp(own: Registry): Promise<string> {
  await Promise.all(Object.values(cluster.workers ?? {}).map((worker) => report(worker)));
  // Both are taken at the same moment: a worker that exits is in one of them.
  const ofLiving = [...lastReports.values()];
  const ofGone = countedByGone;
  return sumOf([...ofLiving, await ofGone, await own.getMetricsAsJSON()]).metrics();
}

const sumOf = (reports: readonly Report[]): Registry => AggregatorRegistry.aggregate([...reports]);

/** A gauge's value ends with its process. */
const isCounted = (metric: object): boolean => !('type' in metric && metric.type === 'gauge');

/** Asks a worker for its metrics; its last report stands if it cannot answer. */
async function report(worker: Worker | undefined): Promise<void> {
  if (!worker?.isConnected()) return;
  const metrics = await ask(worker, 'report', reportPatienceMs).catch(() => null);
  // After the worker's exit, its counts have been added up without this report.
  if (metrics && !worker.isDead()) lastReports.set(worker.id, metrics);
}

/**
 * In a worker: shares its metrics, and returns a reader of all workers' metrics, in Prometheus' text format. It rejects
 * if the primary does not answer in time: the metrics of one worker would look like a restart of all.
 */
export function shareMetrics(own: Registry): () => Promise<string> {
  onAsked('report', () => own.getMetricsAsJSON());
  return () => ask(process, 'metrics', sumPatienceMs);
}
