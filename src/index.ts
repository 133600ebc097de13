import type { RequestListener } from 'node:http';
import process from 'node:process';
import { readOptions, type SettingOptions } from './config.ts';
import { createGateway as createConfiguredGateway, type Gateway } from './gateway.ts';
import { createListener } from './http/listener.ts';
import { createLog, type Logger } from './log.ts';

export { ConfigError, readConfig, type Config, type ConfigFault } from './config.ts';
export type { Gateway } from './gateway.ts';
export { createLog, type Logger } from './log.ts';
export { createGatewayServer, type GatewayServer } from './http/server.ts';

/** Where HSS is, and the settings that differ from their defaults. */
export interface GatewayOptions extends SettingOptions {
  /** For example `https://hss.eu-west-101.myhuaweicloud.eu`. */
  readonly hssEndpoint: URL | string;
}

/**
 * A gateway for a server of your own: `createRequestListener` makes a node:http listener from it, and `fetch` is a
 * Fetch handler. Headers of 64 KiB need a server made with `maxHeaderSize: 65536`. An option that is left out, null or
 * empty has the default given in README.md; of the environment, only NODE_ENV is read. Throws a ConfigError that names
 * each option that is at fault or unknown. JSON lines go to stdout unless another pino logger is given.
 */
export function createGateway(options: GatewayOptions, log: Logger = createLog('info')): Gateway {
  return createConfiguredGateway(readOptions(options, process.env.NODE_ENV === 'production'), log);
}

/** A gateway as a listener for a node:http server of your own. */
export function createRequestListener({ routes, onRefused }: Pick<Gateway, 'routes' | 'onRefused'>): RequestListener {
  return createListener(routes, onRefused);
}
