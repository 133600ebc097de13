import { maxEnterpriseProjectIdLength } from '../hss/bounds.ts';
import {
  addresses,
  documents,
  endpoint,
  flag,
  hosts,
  integer,
  listenHost,
  oneOf,
  origins,
  projectId,
  proxy,
  secrets,
  share,
  text,
  type Shape,
} from './shapes.ts';

/** What some defaults depend on. */
export interface Mode {
  readonly isProduction: boolean;
  readonly hasSimulator: boolean;
}

/** One setting: a variable of the environment, or an option of `createGateway`. */
export interface Setting<Value, Option = unknown> {
  readonly variable: string;
  readonly shape: Shape<Value, Option>;
  readonly byDefault: (mode: Mode) => Value;
}

function setting<Value, Option>(
  variable: string,
  shape: Shape<Value, Option>,
  byDefault: NoInfer<Value> | ((mode: Mode) => NoInfer<Value>),
): Setting<Value, Option> {
  // No setting's value is a function.
  return { variable, shape, byDefault: (mode) => (byDefault instanceof Function ? byDefault(mode) : byDefault) };
}

/** A setting that may be null. */
const optional = <Value, Option>(variable: string, shape: Shape<Value, Option>) =>
  setting<Value | null, Option>(variable, shape, null);

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Settings of the process alone. README.md explains each of these, and of those below. */
export const processSettings = {
  port: setting('PORT', integer(0, 65_535), 4000),
  host: setting('HOST', listenHost(), ({ isProduction }) => (isProduction ? '0.0.0.0' : '127.0.0.1')),
  /** Null: `/metrics`, `/health` and `/ready` are served on `port`. */
  adminPort: optional('ADMIN_PORT', integer(0, 65_535)),
  workers: setting('WEB_CONCURRENCY', integer(1, 256), 1),
  logLevel: setting('LOG_LEVEL', oneOf(logLevels), 'info'),
};

/** Settings of a gateway, in a process of its own or embedded in another. */
export const gatewaySettings = {
  /** Null: the embedded simulator. */
  hssEndpoint: optional('HSS_ENDPOINT', endpoint()),
  projectId: optional('HSS_PROJECT_ID', projectId()),
  enterpriseProjectId: optional('HSS_ENTERPRISE_PROJECT_ID', text(maxEnterpriseProjectIdLength)),
  /** The proxy for calls to HSS; with its credentials, if it needs any. */
  hssProxy: optional('HSS_PROXY', proxy()),
  connections: setting('HSS_CONNECTIONS', integer(1, 10_000), 50),
  timeoutMs: setting('HSS_TIMEOUT_MS', integer(1, 600_000), 10_000),
  operationTimeoutMs: setting('OPERATION_TIMEOUT_MS', integer(1, 600_000), 25_000),
  maxPageLimit: setting('MAX_PAGE_LIMIT', integer(1, 10_000), 1_000),
  maxUpstreamReads: setting('MAX_UPSTREAM_READS', integer(1, 100_000), 100),
  maxWholeListRows: setting('MAX_WHOLE_LIST_ROWS', integer(1, 2_000_000), 2_000),
  /** Origins; `*` is any, `loopback` any of this machine, on any port. */
  corsOrigins: setting('CORS_ORIGINS', origins(), ({ isProduction }) => (isProduction ? [] : ['loopback'])),
  /** Names in the form of `URL.hostname`; `*` is any, `loopback` any that stands for this machine. */
  allowedHosts: setting('ALLOWED_HOSTS', hosts(), ({ isProduction, hasSimulator }) =>
    hasSimulator && !isProduction ? ['loopback'] : ['*'],
  ),
  graphiql: setting('GRAPHIQL', flag(), ({ isProduction }) => !isProduction),
  introspection: setting('INTROSPECTION', flag(), ({ isProduction }) => !isProduction),
  /** Any of them gives access; if there is none, none is needed. */
  routerSecret: setting('ROUTER_SECRET', secrets(), []),
  /** Documents by hash; null: any document is served. */
  trustedDocuments: optional('TRUSTED_DOCUMENTS', documents()),
  /** Proxies whose `X-Forwarded-For` is trusted, for the client's address in the log. */
  trustedProxies: setting('TRUSTED_PROXIES', addresses(), []),
  /** The share that is logged of operations that only read and succeeded completely. */
  logSample: setting('LOG_SAMPLE', share(), 1),
};

/** The values of a table's settings. */
export type ValuesOf<Table extends Readonly<Record<string, Setting<unknown>>>> = {
  readonly [Name in keyof Table]: Table[Name] extends Setting<infer Value> ? Value : never;
};

/** The settings of a table as options: what is left out or null has its default. */
export type OptionsOf<Table extends Readonly<Record<string, Setting<unknown>>>> = {
  readonly [Name in keyof Table]?: Table[Name] extends Setting<unknown, infer Option> ? Option | null : never;
};
