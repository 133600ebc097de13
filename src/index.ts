import process from 'node:process';
import { ConfigError, readConfig, type Config } from './config.ts';
import { createGateway as createConfiguredGateway, type Gateway, type GatewayConfig } from './gateway.ts';
import { createLog, type Logger } from './log.ts';

export { ConfigError, readConfig, type Config, type ConfigFault } from './config.ts';
export type { Gateway } from './gateway.ts';
export { createLog, type Logger } from './log.ts';
export { createRequestListener } from './http/listener.ts';
export { createGatewayServer, type GatewayServer } from './http/server.ts';

/** Where HSS is, and whatever of the configuration is to differ from its default. */
export type GatewayOptions = Partial<Omit<GatewayConfig, 'hssEndpoint' | 'graphiqlPage' | 'metricsReader'>> & {
  /** For example `https://hss.eu-west-101.myhuaweicloud.eu`. */
  readonly hssEndpoint: URL | string;
};

type ValueOptions = Omit<GatewayOptions, 'trustedDocuments' | 'tracing'>;

/** Options that are read as their variables are, within the same bounds. */
const variables = {
  hssEndpoint: 'HSS_ENDPOINT',
  projectId: 'HSS_PROJECT_ID',
  enterpriseProjectId: 'HSS_ENTERPRISE_PROJECT_ID',
  connections: 'HSS_CONNECTIONS',
  timeoutMs: 'HSS_TIMEOUT_MS',
  operationTimeoutMs: 'OPERATION_TIMEOUT_MS',
  maxPageLimit: 'MAX_PAGE_LIMIT',
  maxUpstreamReads: 'MAX_UPSTREAM_READS',
  maxWholeListRows: 'MAX_WHOLE_LIST_ROWS',
  corsOrigins: 'CORS_ORIGINS',
  graphiql: 'GRAPHIQL',
  introspection: 'INTROSPECTION',
  routerSecret: 'ROUTER_SECRET',
} as const satisfies Record<keyof ValueOptions, string>;

/**
 * A gateway for a server of your own: `createRequestListener` makes a listener for node:http of it, and `yoga` is a fetch
 * handler. Headers of 64 KiB need a server made with `maxHeaderSize: 65536`. What is left out, null or empty has the
 * default that README.md names, and of the environment NODE_ENV alone is looked at. Throws a ConfigError that names each
 * option at fault. JSON lines go to stdout unless another pino logger is given.
 */
export function createGateway(options: GatewayOptions, log: Logger = createLog('info')): Gateway {
  const { trustedDocuments = null, tracing = false, ...values } = options;
  const { hssEndpoint, ...config } = readOptions(values);
  if (hssEndpoint === null) throw new ConfigError([{ name: 'hssEndpoint', message: 'must be the address of an HSS' }]);
  return createConfiguredGateway({ ...config, hssEndpoint, trustedDocuments, tracing }, log);
}

function readOptions(values: ValueOptions): Config {
  try {
    return readConfig({ NODE_ENV: process.env.NODE_ENV, ...toVariables(values) });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    // The caller wrote options, and knows of no variables.
    throw new ConfigError(error.faults.map(({ name, message }) => ({ name: optionOf.get(name) ?? name, message })));
  }
}

const optionOf: ReadonlyMap<string, string> = new Map(
  Object.entries(variables).map(([option, variable]) => [variable, option]),
);

function toVariables(values: ValueOptions): Record<string, string | undefined> {
  const given: Readonly<Record<string, ValueOptions[keyof ValueOptions]>> = { ...values };
  return Object.fromEntries(Object.entries(variables).map(([option, name]) => [name, toVariable(given[option])]));
}

function toVariable(value: ValueOptions[keyof ValueOptions]): string | undefined {
  if (value === undefined || value === null) return undefined;
  return Array.isArray(value) && value.length === 0 ? 'none' : String(value);
}
