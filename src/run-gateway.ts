import cluster from 'node:cluster';
import process from 'node:process';
import { announce } from './announce.ts';
import { shareMetrics } from './cluster-metrics.ts';
import type { Config } from './config.ts';
import { simulatorProject, simulatorToken, startEmbeddedSimulator } from './embedded-simulator.ts';
import { createGateway } from './gateway.ts';
import { flushed, type Logger } from './log.ts';
import { createGatewayServer } from './server.ts';
import { onSignals, onSignalsAsWorker } from './signals.ts';

/** What operations under way, and the last spans and lines of the log, get beyond the operations' own deadline. */
const graceMs = 5_000;

/** Runs the gateway in this process until it is told to end. Resolves when it listens. */
export async function runGateway(config: Config, log: Logger): Promise<void> {
  const tracing = config.tracing ? (await import('./tracing.ts')).startTracing(log) : null;
  const simulator = config.hssEndpoint === null ? await startEmbeddedSimulator() : null;
  const hssEndpoint = config.hssEndpoint ?? simulator?.origin;
  if (!hssEndpoint) throw new Error('There is no HSS to speak to.');
  const gateway = createGateway(
    {
      ...config,
      hssEndpoint,
      projectId: config.projectId ?? (simulator && simulatorProject),
      ...(simulator && { graphiqlHeaders: { 'X-Auth-Token': simulatorToken } }),
      ...(cluster.isWorker && { metricsReader: shareMetrics }),
    },
    log,
  );
  const server = createGatewayServer(gateway);
  const listening = server.listen(config.port, config.host);

  let isEnding = false;
  const end = async (announcingMs: number): Promise<void> => {
    if (isEnding) return;
    isEnding = true;
    await listening;
    if (!cluster.isWorker) log.info('draining');
    setTimeout(
      () => {
        log.warn('the grace is over: what is still under way is given up');
        process.exit(0);
      },
      announcingMs + config.operationTimeoutMs + graceMs,
    );
    await server.drain(announcingMs);
    await gateway.close();
    await tracing?.close();
    await simulator?.close();
    if (!cluster.isWorker) log.info('ended');
    await flushed(log);
    process.exit(0);
  };

  const listenForEnd = cluster.isWorker ? onSignalsAsWorker : onSignals;
  listenForEnd((announcingMs) => void end(announcingMs));
  const port = await listening;
  if (!cluster.isWorker) announce(log, config, port);
}
