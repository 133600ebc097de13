import type { Config } from '../config.ts';
import { hasPage } from '../gateway/gateway-config.ts';
import { isLoopback } from '../http/loopback.ts';
import { always, type Logger } from '../log.ts';
import { version } from '../version.ts';
import { simulatorToken } from './embedded-simulator.ts';
import type { Misspelt } from './misspelt-variables.ts';

/** Where a gateway listens. */
export interface Ports {
  readonly port: number;
  /** Null where `/metrics` is served with everything else. */
  readonly adminPort: number | null;
}

/** Logs what has started: the only line that names the addresses of HSS and of the proxy in front of it. */
export function logStart(log: Logger, config: Config, { port, adminPort }: Ports): void {
  const { host, hssEndpoint, hssProxy, workers, tracing, introspection, timeoutMs, operationTimeoutMs } = config;
  const origin = `http://${host.includes(':') ? `[${host}]` : host}`;
  const url = `${origin}:${port}/graphql`;
  const hasSimulator = hssEndpoint === null;
  const start = {
    version,
    url,
    ...(adminPort !== null && { admin: `${origin}:${adminPort}` }),
    hss: hasSimulator ? 'simulator' : hssEndpoint.origin,
    proxy: hssProxy?.origin ?? null,
    project: hasSimulator || config.projectId !== null,
    routerSecret: config.routerSecret.length > 0,
    trustedDocuments: config.trustedDocuments !== null,
    introspection,
    tracing,
    workers,
  };
  if (timeoutMs > operationTimeoutMs)
    log.warn(
      'HSS_TIMEOUT_MS is longer than OPERATION_TIMEOUT_MS, which ends calls first: breakers do not see these timeouts',
    );
  if (!hasSimulator) {
    log.info(start, 'listening');
    if (hssEndpoint.protocol === 'http:' && !isLoopback(hssEndpoint.hostname))
      log.warn('HSS_ENDPOINT is plain http: tokens go to HSS unencrypted');
    return;
  }
  // Logged whatever LOG_LEVEL says: a security tool that shows invented ports by mistake does harm.
  const loud = always(log);
  loud.warn('HSS_ENDPOINT does not name an HSS: these are the ports of the EMBEDDED SIMULATOR, not of your servers');
  const isToOpen = hasPage(config);
  loud.warn(
    {
      [isToOpen ? 'open' : 'url']: url,
      token: `X-Auth-Token: ${simulatorToken}`,
      query:
        '{ host(id: "this-machine") { ports { totalCount nodes { port protocol listenAddress executablePath } } } }',
    },
    `${isToOpen ? 'Open the URL, or send' : 'Send'} the query with the token${start.routerSecret ? ' and the secret' : ''}`,
  );
  loud.info(start, 'listening');
}

/** Warns, whatever LOG_LEVEL says, of variables that have no effect but look as if they should. */
export function logMisspelt(log: Logger, misspelt: readonly Misspelt[]): void {
  for (const { variable, like } of misspelt) always(log).warn({ variable, like }, 'a variable looks misspelt');
}
