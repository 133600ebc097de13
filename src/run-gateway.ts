import cluster from 'node:cluster';
import process from 'node:process';
import { announce } from './announce.ts';
import { shareMetrics } from './cluster-metrics.ts';
import type { Config } from './config.ts';
import { simulatorProject, simulatorToken, startEmbeddedSimulator } from './embedded-simulator.ts';
import { createGateway } from './gateway.ts';
import type { Logger } from './log.ts';
import { createGatewayServer } from './server.ts';

/** How long a gateway that was told to end says so, before it stops listening. */
export const announceMs = 2_000;
/** What operations under way get beyond their own deadline. */
const graceMs = 5_000;

/** Tells a worker to end, from its primary. */
export interface DrainMessage {
  readonly type: 'drain';
  readonly announceMs: number;
}

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
  const end = async (announceMs: number): Promise<void> => {
    if (isEnding) return;
    isEnding = true;
    await listening;
    if (!cluster.isWorker) log.info('draining');
    const grace = setTimeout(() => process.exit(0), announceMs + config.operationTimeoutMs + graceMs);
    await server.drain(announceMs);
    clearTimeout(grace);
    await gateway.close();
    await tracing?.close();
    await simulator?.close();
    if (!cluster.isWorker) log.info('ended');
    process.exit(0);
  };

  if (cluster.isWorker) endAsWorker((announceMs) => void end(announceMs));
  else onSignals((announceMs) => void end(announceMs));
  const port = await listening;
  if (!cluster.isWorker) announce(log, config, port);
}

/** Calls `end` at the first signal; the second ends the process at once, when `kill` has been called. */
export function onSignals(end: (announceMs: number) => void, kill?: () => void): void {
  let signals = 0;
  const onSignal = (signal: NodeJS.Signals): void => {
    signals += 1;
    if (signals > 1) {
      kill?.();
      process.exit(1);
    }
    // Nobody but the developer at the keyboard sends SIGINT, and nothing needs to learn of it first.
    end(signal === 'SIGINT' ? 0 : announceMs);
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}

/** A terminal and a service manager signal every process of a group: the primary decides what that means. */
function endAsWorker(end: (announceMs: number) => void): void {
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => end(announceMs));
  process.on('message', (message: Partial<DrainMessage> | null) => {
    if (message?.type === 'drain') end(message.announceMs ?? 0);
  });
}
