import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { isProjectId } from './hss/project-id.ts';

/** How the gateway runs; every value has a meaning of its own in README.md. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** Null: the embedded simulator. */
  readonly hssEndpoint: URL | null;
  readonly projectId: string | null;
  readonly enterpriseProjectId: string | null;
  readonly connections: number;
  readonly timeoutMs: number;
  readonly operationTimeoutMs: number;
  readonly maxPageLimit: number;
  readonly maxUpstreamReads: number;
  readonly maxWholeListRows: number;
  readonly corsOrigins: readonly string[];
  readonly graphiql: boolean;
  readonly introspection: boolean;
  readonly routerSecret: string | null;
  /** Documents by hash; null: any document is served. */
  readonly trustedDocuments: ReadonlyMap<string, string> | null;
  readonly logLevel: LogLevel;
  readonly workers: number;
  /** Whether spans are made: for an OpenTelemetry SDK, which reads the rest of the OTEL_ variables itself. */
  readonly tracing: boolean;
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** What is wrong with one variable, or with the option that stands for it. */
export interface ConfigFault {
  readonly name: string;
  readonly message: string;
}

/** The configuration names what is at fault, never its value: some are secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly faults: readonly ConfigFault[];

  constructor(faults: readonly ConfigFault[]) {
    const lines = faults.map((fault) => `  ${fault.name}: ${fault.message}`);
    super(`The configuration is not usable:\n${lines.join('\n')}`);
    this.faults = faults;
  }
}

/** Reads the environment, or throws one ConfigError that names every variable at fault. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  // An empty variable is one that is not set. A blank one is not: ROUTER_SECRET=" " must not open the door.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const isProduction = env.NODE_ENV === 'production';
  const tracing = isTraced(given);
  const result = variables(isProduction, tracing).safeParse(given);
  if (!result.success)
    throw new ConfigError(result.error.issues.map(({ path, message }) => ({ name: path.join('.'), message })));
  const read = result.data;
  return {
    port: read.PORT,
    host: read.HOST,
    hssEndpoint: read.HSS_ENDPOINT,
    projectId: read.HSS_PROJECT_ID,
    enterpriseProjectId: read.HSS_ENTERPRISE_PROJECT_ID,
    connections: read.HSS_CONNECTIONS,
    timeoutMs: read.HSS_TIMEOUT_MS,
    operationTimeoutMs: read.OPERATION_TIMEOUT_MS,
    maxPageLimit: read.MAX_PAGE_LIMIT,
    maxUpstreamReads: read.MAX_UPSTREAM_READS,
    maxWholeListRows: read.MAX_WHOLE_LIST_ROWS,
    corsOrigins: read.CORS_ORIGINS,
    graphiql: read.GRAPHIQL,
    introspection: read.INTROSPECTION,
    routerSecret: read.ROUTER_SECRET,
    trustedDocuments: read.TRUSTED_DOCUMENTS,
    logLevel: read.LOG_LEVEL,
    workers: read.WEB_CONCURRENCY,
    tracing,
  };
}

function variables(isProduction: boolean, tracing: boolean) {
  return z.object({
    PORT: integer(0, 65_535, 4000),
    HOST: z.string().default(isProduction ? '0.0.0.0' : '127.0.0.1'),
    HSS_ENDPOINT: z
      .string()
      .refine(isEndpoint, 'must be an http or https URL without credentials, query or fragment')
      .transform((value) => new URL(value))
      .nullable()
      .default(null),
    HSS_PROJECT_ID: z
      .string()
      .refine(isProjectId, 'must be a project id: 1 to 256 of A-Z a-z 0-9 . _ -')
      .nullable()
      .default(null),
    HSS_ENTERPRISE_PROJECT_ID: z.string().max(256, 'may have 256 characters at most').nullable().default(null),
    HSS_CONNECTIONS: integer(1, 10_000, 50),
    HSS_TIMEOUT_MS: integer(1, 600_000, 10_000),
    OPERATION_TIMEOUT_MS: integer(1, 600_000, 25_000),
    MAX_PAGE_LIMIT: integer(1, 10_000, 1_000),
    MAX_UPSTREAM_READS: integer(1, 100_000, 100),
    MAX_WHOLE_LIST_ROWS: integer(1, 2_000_000, 2_000),
    CORS_ORIGINS: z
      .string()
      .transform((value) => (value === 'none' ? [] : toList(value)))
      .refine((origins) => origins.every(isOrigin), 'must be origins, separated by commas, or *, or none')
      .default(isProduction ? [] : ['*']),
    GRAPHIQL: flag(!isProduction),
    INTROSPECTION: flag(!isProduction),
    ROUTER_SECRET: z
      .string()
      .regex(/^[!-~]+$/, 'must be visible ASCII: a header carries it')
      .nullable()
      .default(null),
    TRUSTED_DOCUMENTS: z.string().transform(readManifest).nullable().default(null),
    LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('info'),
    WEB_CONCURRENCY: integer(1, 256, 1),
    // What is of no effect is not held against anybody: a cluster may set these for all that runs in it.
    ...(tracing && tracingVariables),
  });
}

const tracingVariables = {
  OTEL_TRACES_EXPORTER: z.enum(['otlp', 'none'], 'must be otlp or none').optional(),
  OTEL_EXPORTER_OTLP_PROTOCOL: z.literal('http/json', 'must be http/json').optional(),
  OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: z.literal('http/json', 'must be http/json').optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.string().refine(isHttpUrl, 'must be an http or https URL').optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: z.string().refine(isHttpUrl, 'must be an http or https URL').optional(),
};

/** Tracing is asked for by an exporter, or by the address of a collector. */
function isTraced(given: Readonly<Record<string, string | undefined>>): boolean {
  if (given.OTEL_SDK_DISABLED?.toLowerCase() === 'true') return false;
  const collector = given.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? given.OTEL_EXPORTER_OTLP_ENDPOINT;
  return (given.OTEL_TRACES_EXPORTER ?? (collector === undefined ? 'none' : 'otlp')) !== 'none';
}

function integer(least: number, most: number, byDefault: number) {
  return z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be a whole number from ${least} to ${most}`)
    .default(byDefault);
}

function flag(byDefault: boolean) {
  return z
    .enum(['true', 'false', '1', '0'], 'must be true, false, 1 or 0')
    .transform((value) => value === 'true' || value === '1')
    .default(byDefault);
}

function isHttpUrl(value: string): boolean {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}

function isEndpoint(value: string): boolean {
  if (!isHttpUrl(value)) return false;
  const { username, password, search, hash } = new URL(value);
  return username + password + search + hash === '';
}

const toList = (value: string): string[] =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

function isOrigin(value: string): boolean {
  // URL takes `https://*.example` for a host; here it would match none.
  return value === '*' || (!value.includes('*') && URL.canParse(value) && new URL(value).origin === value);
}

const manifestShape = z.record(z.string(), z.string());

/** graphql-codegen's persisted-documents.json: hash → document. */
function readManifest(path: string, context: z.RefinementCtx): ReadonlyMap<string, string> {
  try {
    return new Map(Object.entries(manifestShape.parse(JSON.parse(readFileSync(path, 'utf8')))));
  } catch {
    context.addIssue('must be the path of a readable JSON object that maps hashes to documents');
    return z.NEVER;
  }
}
