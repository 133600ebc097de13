import cluster from 'node:cluster';
import process from 'node:process';
import { logStart, type Ports } from './start-lines.ts';
import { tell } from './messages.ts';
import { shareMetrics } from './cluster-metrics.ts';
import type { Config } from '../config.ts';
import { simulatorProject, simulatorToken, startEmbeddedSimulator } from './embedded-simulator.ts';
import { createGateway } from '../gateway.ts';
import { flushed, type Logger } from '../log.ts';
import { createGatewayServer } from '../http/server.ts';
import { graceMs, onSignals, onSignalsAsWorker } from './signals.ts';

/** Runs the gateway in this process until it is told to end. Resolves when it listens. */
export async function runGateway(config: Config, log: Logger): Promise<void> {
  const tracing = config.otlpProtocol && (await (await import('./tracing.ts')).startTracing(log, config.otlpProtocol));
  const simulator = config.hssEndpoint === null ? await startEmbeddedSimulator() : null;
  const hssEndpoint = config.hssEndpoint ?? simulator?.origin;
  if (!hssEndpoint) throw new Error('There is no HSS endpoint.');
  const gateway = createGateway(
    {
      ...config,
      hssEndpoint,
      hasSimulator: simulator !== null,
      hasAdminPort: config.adminPort !== null,
      projectId: config.projectId ?? (simulator && simulatorProject),
      ...(simulator && { graphiqlPage: { headers: { 'X-Auth-Token': simulatorToken }, isSimulated: true } }),
      ...(cluster.isWorker && { metricsReader: shareMetrics }),
    },
    log,
  );
  const server = createGatewayServer(gateway);
  const adminServer =
    config.adminPort === null ? null : createGatewayServer({ ...gateway, routes: gateway.adminRoutes });
  const listening = listen();

  let isEnding = false;
  const end = async (drainDelayMs: number): Promise<void> => {
    if (isEnding) return;
    isEnding = true;
    await listening;
    if (!cluster.isWorker) log.info('draining');
    setTimeout(
      () => {
        log.warn('the grace period is over: what is still under way is abandoned');
        process.exit(0);
      },
      drainDelayMs + config.operationTimeoutMs + graceMs,
    );
    await server.drain(drainDelayMs);
    await gateway.ended();
    // Until now it has reported that the gateway is draining.
    await adminServer?.close();
    await gateway.close();
    await tracing?.close();
    await simulator?.close();
    if (!cluster.isWorker) log.info('ended');
    await flushed(log);
    process.exit(0);
  };

  const listenForEnd = cluster.isWorker ? onSignalsAsWorker : onSignals;
  listenForEnd((drainDelayMs) => void end(drainDelayMs));
  const ports = await listening;
  if (cluster.isWorker) tell(process, 'started', ports);
  else logStart(log, config, ports);

  async function listen(): Promise<Ports> {
    const port = await server.listen(config.port, config.host);
    // The admin port comes second: a probe must not find it serving before the gateway listens.
    return { port, adminPort: (await adminServer?.listen(config.adminPort ?? 0, config.host)) ?? null };
  }
}
