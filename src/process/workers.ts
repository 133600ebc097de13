import cluster, { type Worker } from 'node:cluster';
import process from 'node:process';
import { logStart } from './start-lines.ts';
import { onTold, tell, type Peer } from './messages.ts';
import { answerMetricsRequests } from './cluster-metrics.ts';
import type { Config } from '../config.ts';
import { startEmbeddedSimulator } from './embedded-simulator.ts';
import { flushed, type Logger } from '../log.ts';
import { onSignals } from './signals.ts';
import { createWorkerMetrics } from './worker-metrics.ts';

/** A worker that dies this soon is replaced after a pause, which doubles from death to death. */
const soonMs = 10_000;
const firstPauseMs = 100;
const maxPauseMs = 10_000;

/**
 * Runs the gateway in `config.workers` processes that share the port, until they are told to end. A worker that dies is
 * replaced; if none can start, the gateway does not start.
 */
export async function runWorkers(config: Config, log: Logger): Promise<void> {
  const simulator = config.hssEndpoint === null ? await startEmbeddedSimulator() : null;
  const startedAt = new Map<Worker, number>();
  const listening = new Set<Peer>();
  let hasListened = false;
  let isEnding = false;
  let soonDeaths = 0;

  const fork = (): void => {
    if (!isEnding) startedAt.set(cluster.fork(simulator?.workerEnv), performance.now());
  };

  const endAfterLast = async (): Promise<void> => {
    if (startedAt.size > 0) return;
    await simulator?.close();
    log.info('ended');
    await flushed(log);
    process.exit(0);
  };

  const metrics = createWorkerMetrics();
  answerMetricsRequests(log, metrics.registry);
  onTold('started', (ports, worker) => {
    listening.add(worker);
    if (!hasListened) logStart(log, config, ports);
    hasListened = true;
  });
  cluster.on('exit', (worker, code: number | null, signal: string | null) => {
    const lived = performance.now() - (startedAt.get(worker) ?? 0);
    startedAt.delete(worker);
    listening.delete(worker);
    if (isEnding) {
      void endAfterLast();
      return;
    }
    if (!hasListened) {
      log.fatal({ code, signal }, 'no worker can start');
      process.exit(1);
    }
    soonDeaths = lived < soonMs ? soonDeaths + 1 : 0;
    const pauseMs = soonDeaths === 0 ? 0 : Math.min(firstPauseMs * 2 ** (soonDeaths - 1), maxPauseMs);
    log.error({ worker: worker.id, code, signal, pauseMs }, 'a worker died, and is replaced');
    metrics.onDeath();
    setTimeout(fork, pauseMs);
  });

  onSignals(
    (drainDelayMs) => {
      isEnding = true;
      log.info('draining');
      for (const worker of startedAt.keys()) {
        if (listening.has(worker) && worker.isConnected()) tell(worker, 'drain', drainDelayMs);
        // This one has nothing to finish, and may not hear the message yet.
        else worker.process.kill('SIGKILL');
      }
      void endAfterLast();
    },
    () => {
      for (const worker of startedAt.keys()) worker.process.kill('SIGKILL');
    },
  );
  for (let index = 0; index < config.workers; index++) fork();
}
