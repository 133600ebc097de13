import process from 'node:process';
import { readConfig } from './config.ts';
import { createGateway as createConfiguredGateway, type Gateway, type GatewayConfig } from './gateway.ts';
import { createLog, type Logger } from './log.ts';

export { ConfigError, readConfig, type Config } from './config.ts';
export type { Gateway, GatewayConfig } from './gateway.ts';
export { createLog, type Logger } from './log.ts';
export { createRequestListener } from './request-listener.ts';
export { createGatewayServer, type GatewayServer } from './server.ts';

/** Where HSS is, and whatever of the configuration is to differ from its default. */
export type GatewayOptions = Partial<Omit<GatewayConfig, 'hssEndpoint'>> & {
  /** For example `https://hss.eu-west-101.myhuaweicloud.eu`. */
  readonly hssEndpoint: URL | string;
};

/**
 * A gateway for a server of your own: `createRequestListener` makes a listener for node:http of it, and `yoga` is a fetch
 * handler. Headers of 64 KiB need a server made with `maxHeaderSize: 65536`. What is left out has the default that README.md names, and of the environment NODE_ENV alone is looked at. Throws a
 * ConfigError when the endpoint is none. JSON lines go to stdout unless another pino logger is given.
 */
export function createGateway(options: GatewayOptions, log: Logger = createLog('info')): Gateway {
  const defaults = readConfig({ NODE_ENV: process.env.NODE_ENV, HSS_ENDPOINT: String(options.hssEndpoint) });
  const given = Object.fromEntries(Object.entries<unknown>(options).filter(([, value]) => value !== undefined));
  return createConfiguredGateway({ ...defaults, ...given, hssEndpoint: new URL(options.hssEndpoint) }, log);
}
