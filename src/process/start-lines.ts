import type { Config } from '../config.ts';
import { simulatorToken } from './embedded-simulator.ts';
import type { Logger } from '../log.ts';

/** Says what has started. The only log line that names HSS's address. */
export function logStart(log: Logger, { host, hssEndpoint, workers }: Config, port: number): void {
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}/graphql`;
  if (hssEndpoint !== null) {
    log.info({ url, hss: hssEndpoint.origin, workers }, 'listening');
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
  log.info({ url, hss: 'simulator', workers }, 'listening');
}
