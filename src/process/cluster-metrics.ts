import cluster, { type Worker } from 'node:cluster';
import process from 'node:process';
import { AggregatorRegistry, type Registry } from 'prom-client';
import type { Logger } from '../log.ts';

/** How long a worker may take to report; one that has just been started cannot. */
const patienceMs = 1_000;
/** How long a worker waits for the sum; its primary waits for the slowest worker first. */
const sumPatienceMs = 3_000;

/** Metrics as prom-client writes them to JSON. */
type Report = readonly object[];

type Message =
  /** A worker to its primary: somebody asks for metrics. */
  | { readonly type: 'metrics-wanted'; readonly id: number }
  /** The primary to every worker, and what each answers. */
  | { readonly type: 'report-wanted'; readonly id: number }
  | { readonly type: 'report'; readonly id: number; readonly metrics: Report }
  /** The primary to the worker that asked. */
  | { readonly type: 'metrics'; readonly id: number; readonly text: string };

let lastId = 0;

/** By worker: what each that lives has told last. */
const lastReports = new Map<number, Report>();
/** What workers had counted that are gone. Without it a sum would get smaller, which Prometheus takes for a restart. */
let countedByGone: Promise<Report> = Promise.resolve([]);

/** In the primary: sums up the metrics of all workers for the one that was asked for them. */
export function answerMetricsRequests(log: Logger): void {
  let underWay: Promise<string> | null = null;
  cluster.on('exit', ({ id }) => {
    const last = lastReports.get(id);
    lastReports.delete(id);
    if (last)
      countedByGone = countedByGone.then((before) => sumOf([before, last.filter(isCounted)]).getMetricsAsJSON());
  });
  cluster.on('message', (asker, message: Message) => {
    if (message.type !== 'metrics-wanted') return;
    // Scrapes at the same time share one sum.
    underWay ??= sumUp().finally(() => (underWay = null));
    underWay.then(
      (text) => tell(asker, { type: 'metrics', id: message.id, text }),
      (error: unknown) => log.error({ stack: error instanceof Error ? error.stack : null }, 'bug'),
    );
  });
}

async function sumUp(): Promise<string> {
  await Promise.all(Object.values(cluster.workers ?? {}).map((worker) => report(worker)));
  // Both at one moment: a worker that goes is in one of them.
  const ofLiving = [...lastReports.values()];
  const ofGone = countedByGone;
  return sumOf([...ofLiving, await ofGone]).metrics();
}

const sumOf = (reports: readonly Report[]): Registry => AggregatorRegistry.aggregate([...reports]);

/** What is as it is at the moment ends with its process. */
const isCounted = (metric: object): boolean => !('type' in metric && metric.type === 'gauge');

/** Lets a worker tell its metrics; the last ones stand where it cannot. */
function report(worker: Worker | undefined): Promise<void> {
  if (!worker?.isConnected()) return Promise.resolve();
  const id = ++lastId;
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      worker.off('message', onMessage);
      resolve();
    };
    const onMessage = (message: Message): void => {
      if (message.type !== 'report' || message.id !== id) return;
      // What arrives after the worker's exit has been counted without it.
      if (!worker.isDead()) lastReports.set(worker.id, message.metrics);
      end();
    };
    const timer = setTimeout(end, patienceMs);
    worker.on('message', onMessage);
    tell(worker, { type: 'report-wanted', id });
  });
}

/**
 * In a worker: shares its metrics, and gives the reader of all workers' together, in Prometheus' text format. It rejects
 * where the primary does not answer in time: the metrics of one worker would look like a restart of all.
 */
export function shareMetrics(own: Registry): () => Promise<string> {
  const waiting = new Map<number, (text: string) => void>();
  process.on('message', (message: Message) => {
    if (message.type === 'metrics') {
      waiting.get(message.id)?.(message.text);
      waiting.delete(message.id);
    }
    if (message.type === 'report-wanted') {
      own.getMetricsAsJSON().then(
        (metrics) => tell(process, { type: 'report', id: message.id, metrics }),
        // The primary goes on without what cannot be told.
        () => undefined,
      );
    }
  });
  return () =>
    new Promise((resolve, reject) => {
      const id = ++lastId;
      const timer = setTimeout(() => {
        waiting.delete(id);
        reject(new Error('The primary does not sum up the metrics.'));
      }, sumPatienceMs);
      waiting.set(id, (text) => {
        clearTimeout(timer);
        resolve(text);
      });
      tell(process, { type: 'metrics-wanted', id });
    });
}

/** Whoever has gone meanwhile needs no message any more. */
function tell(to: Pick<Worker, 'send'> | NodeJS.Process, message: Message): void {
  to.send?.(message, undefined, undefined, () => undefined);
}
