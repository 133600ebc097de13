import cluster from 'node:cluster';
import process from 'node:process';
import { ConfigError, readConfig, type Config } from './config.ts';
import { createGateway } from './gateway.ts';
import { createLog, type Logger } from './log.ts';
import { createGatewayServer } from './server.ts';
import { createSimulator } from './simulator/simulator.ts';

/** How long a gateway that was told to end says so, before it stops listening. */
const announceMs = 2_000;
/** What operations under way get beyond their own deadline. */
const graceMs = 5_000;

const simulatorToken = 'demo-token';
const simulatorProject = 'demo-project';

function configOrExit(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

async function run(config: Config): Promise<void> {
  const log = createLog(config.logLevel);
  const simulator = config.hssEndpoint === null ? createSimulator({ record: 0 }) : null;
  const hssEndpoint = config.hssEndpoint ?? new URL((await simulator?.listen()) ?? '');
  const gateway = createGateway(
    {
      ...config,
      hssEndpoint,
      projectId: config.projectId ?? (simulator && simulatorProject),
      ...(simulator && { graphiqlHeaders: { 'X-Auth-Token': simulatorToken } }),
    },
    log,
  );
  const server = createGatewayServer(gateway);
  const port = await server.listen(config.port, config.host);
  announce(log, config, hssEndpoint, port);

  let signals = 0;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    signals += 1;
    if (signals > 1) process.exit(1);
    log.info({ signal }, 'draining');
    const grace = setTimeout(() => process.exit(0), announceMs + config.operationTimeoutMs + graceMs);
    // Nobody but the developer at the keyboard sends SIGINT, and nothing needs to learn of it first.
    await server.drain(signal === 'SIGINT' ? 0 : announceMs);
    clearTimeout(grace);
    await gateway.close();
    await simulator?.close();
    log.info('ended');
    process.exit(0);
  };
  process.on('SIGTERM', (signal) => void end(signal));
  process.on('SIGINT', (signal) => void end(signal));
}

function announce(log: Logger, config: Config, hssEndpoint: URL, port: number): void {
  const url = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}/graphql`;
  if (config.hssEndpoint !== null) {
    log.info({ url, hss: hssEndpoint.origin }, 'listening');
    return;
  }
  log.warn('HSS_ENDPOINT is not set: these are the ports of the EMBEDDED SIMULATOR, not of your servers');
  log.warn(
    {
      open: url,
      token: `X-Auth-Token: ${simulatorToken}`,
      query:
        '{ host(id: "this-machine") { ports { totalCount nodes { port protocol listenAddress executablePath } } } }',
    },
    'Open the URL, or send the query with the token',
  );
  log.info({ url, hss: 'simulator' }, 'listening');
}

const config = configOrExit();
if (config.workers > 1 && cluster.isPrimary)
  await import('./workers.ts').then(({ runWorkers }) => runWorkers(config.workers));
else await run(config);
