import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { ConfigError, readConfig, type Config } from '../../src/config.ts';
import { builtGateway } from '../support/build.ts';
import { spawnGateway } from '../support/gateway-process.ts';

beforeAll(() => builtGateway(), 180_000);

const defaults: Config = {
  port: 4000,
  host: '127.0.0.1',
  hssEndpoint: null,
  projectId: null,
  enterpriseProjectId: null,
  connections: 50,
  timeoutMs: 10_000,
  operationTimeoutMs: 25_000,
  maxPageLimit: 1_000,
  maxUpstreamReads: 100,
  maxWholeListRows: 2_000,
  corsOrigins: ['*'],
  graphiql: true,
  introspection: true,
  routerSecret: null,
  trustedDocuments: null,
  logLevel: 'info',
  workers: 1,
  tracing: false,
};

/** The variables that a configuration is refused for. */
function faultsOf(env: Readonly<Record<string, string>>): string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return [...error.message.matchAll(/^ {2}(\w+): /gm)].map(([, name]) => name!);
  }
}

function temporaryFile(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'configuration-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'documents.json'), text);
  return join(folder, 'documents.json');
}

describe('the configuration', () => {
  it('has a default for everything', () => {
    expect(readConfig({})).toEqual(defaults);
  });

  it('is closed and open to the network in production', () => {
    expect(readConfig({ NODE_ENV: 'production' })).toEqual({
      ...defaults,
      host: '0.0.0.0',
      corsOrigins: [],
      graphiql: false,
      introspection: false,
    });
  });

  it('takes an empty variable for one that is not set', () => {
    expect(readConfig({ PORT: '', HSS_ENDPOINT: '', ROUTER_SECRET: '', GRAPHIQL: '' })).toEqual(defaults);
  });

  it.each<readonly [string, keyof Config, number, number]>([
    ['PORT', 'port', 0, 65_535],
    ['HSS_CONNECTIONS', 'connections', 1, 10_000],
    ['HSS_TIMEOUT_MS', 'timeoutMs', 1, 600_000],
    ['OPERATION_TIMEOUT_MS', 'operationTimeoutMs', 1, 600_000],
    ['MAX_PAGE_LIMIT', 'maxPageLimit', 1, 10_000],
    ['MAX_UPSTREAM_READS', 'maxUpstreamReads', 1, 100_000],
    ['MAX_WHOLE_LIST_ROWS', 'maxWholeListRows', 1, 2_000_000],
    ['WEB_CONCURRENCY', 'workers', 1, 256],
  ])('reads %s within its bounds', (name, key, least, most) => {
    for (const value of [least, most]) expect(readConfig({ [name]: String(value) })[key]).toBe(value);
    for (const value of [String(least - 1), String(most + 1), '1.5', '1e3', '0x1', '-1', ' 5', '5 ', 'many', ' ']) {
      expect(faultsOf({ [name]: value }), value).toEqual([name]);
    }
  });

  it.each<readonly [string, keyof Config]>([
    ['GRAPHIQL', 'graphiql'],
    ['INTROSPECTION', 'introspection'],
  ])('reads %s as true, false, 1 or 0', (name, key) => {
    const values = ['true', '1', 'false', '0'];
    expect(values.map((value) => readConfig({ [name]: value })[key])).toEqual([true, true, false, false]);
    for (const value of ['yes', 'TRUE', 'on', '2', ' ']) expect(faultsOf({ [name]: value }), value).toEqual([name]);
  });

  it.each<readonly [string, keyof Config, readonly string[], readonly string[]]>([
    ['HOST', 'host', ['0.0.0.0', '::1', 'localhost'], []],
    [
      'HSS_PROJECT_ID',
      'projectId',
      ['p', 'A-Z_a.z0', 'x'.repeat(256)],
      ['.', '..', 'a/b', 'a b', 'ä', 'x'.repeat(257)],
    ],
    ['HSS_ENTERPRISE_PROJECT_ID', 'enterpriseProjectId', ['0', 'all_granted_eps', 'x'.repeat(256)], ['x'.repeat(257)]],
    ['ROUTER_SECRET', 'routerSecret', ['sesame', '!#$%~'], [' ', 'two words', 'käse', 'line\nbreak']],
    ['LOG_LEVEL', 'logLevel', ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], ['loud', 'INFO']],
  ])('reads %s as it is', (name, key, good, bad) => {
    for (const value of good) expect(readConfig({ [name]: value })[key]).toBe(value);
    for (const value of bad) expect(faultsOf({ [name]: value }), value).toEqual([name]);
  });

  it('reads HSS_ENDPOINT as an address without credentials, query or fragment', () => {
    for (const value of ['https://hss.example', 'http://127.0.0.1:18080', 'https://proxy.example/hss']) {
      expect(readConfig({ HSS_ENDPOINT: value }).hssEndpoint).toEqual(new URL(value));
    }
    for (const value of [
      'hss.example',
      'ftp://hss.example',
      'https://me@hss.example',
      'https://hss.example/?a',
      'https://hss.example/#a',
    ]) {
      expect(faultsOf({ HSS_ENDPOINT: value }), value).toEqual(['HSS_ENDPOINT']);
    }
  });

  it('reads CORS_ORIGINS as a list of origins, or any, or none', () => {
    expect(readConfig({ CORS_ORIGINS: '*' }).corsOrigins).toEqual(['*']);
    expect(readConfig({ CORS_ORIGINS: 'none' }).corsOrigins).toEqual([]);
    expect(faultsOf({ CORS_ORIGINS: 'https://a.example,none' })).toEqual(['CORS_ORIGINS']);
    expect(readConfig({ CORS_ORIGINS: 'https://a.example, http://b.example:81,' }).corsOrigins).toEqual([
      'https://a.example',
      'http://b.example:81',
    ]);
    for (const value of ['a.example', 'https://a.example/', 'https://a.example/path', 'null', 'https://*.example']) {
      expect(faultsOf({ CORS_ORIGINS: value }), value).toEqual(['CORS_ORIGINS']);
    }
  });

  it("reads TRUSTED_DOCUMENTS as the path of codegen's manifest", () => {
    const path = temporaryFile('{"abc":"{ __typename }"}');
    expect(readConfig({ TRUSTED_DOCUMENTS: path }).trustedDocuments).toEqual(new Map([['abc', '{ __typename }']]));
    for (const text of ['', '[]', '{"abc":1}', '"text"']) {
      expect(faultsOf({ TRUSTED_DOCUMENTS: temporaryFile(text) }), text).toEqual(['TRUSTED_DOCUMENTS']);
    }
    expect(faultsOf({ TRUSTED_DOCUMENTS: '/nowhere/documents.json' })).toEqual(['TRUSTED_DOCUMENTS']);
  });

  it.each<readonly [boolean, Readonly<Record<string, string>>]>([
    [true, { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' }],
    [true, { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://collector:4318/v1/traces' }],
    [true, { OTEL_TRACES_EXPORTER: 'otlp' }],
    [false, { OTEL_TRACES_EXPORTER: 'none', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' }],
    [false, { OTEL_SDK_DISABLED: 'TRUE', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' }],
    [true, { OTEL_SDK_DISABLED: 'false', OTEL_TRACES_EXPORTER: 'otlp' }],
    [false, { OTEL_SERVICE_NAME: 'ports' }],
  ])('asks for tracing (%s) by OTEL_ variables: %o', (tracing, env) => {
    expect(readConfig(env).tracing).toBe(tracing);
  });

  const collector = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' };
  const protocols = ['OTEL_EXPORTER_OTLP_PROTOCOL', 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL'];

  it('refuses OTEL_ variables that would trace nothing in silence', () => {
    expect(faultsOf({ OTEL_TRACES_EXPORTER: 'zipkin' })).toEqual(['OTEL_TRACES_EXPORTER']);
    for (const name of protocols) {
      for (const value of ['grpc', 'http/protobuf'])
        expect(faultsOf({ ...collector, [name]: value }), value).toEqual([name]);
      expect(faultsOf({ ...collector, [name]: 'http/json' })).toEqual([]);
    }
    expect(faultsOf({ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4317' })).toEqual(['OTEL_EXPORTER_OTLP_ENDPOINT']);
  });

  it.each<Readonly<Record<string, string>>>([
    {},
    { ...collector, OTEL_TRACES_EXPORTER: 'none' },
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4317', OTEL_TRACES_EXPORTER: 'none' },
    { ...collector, OTEL_SDK_DISABLED: 'true' },
    { OTEL_TRACES_EXPORTER: 'zipkin', OTEL_SDK_DISABLED: 'true' },
  ])('lets OTEL_ variables be where they have no effect: %o', (env) => {
    for (const name of protocols) expect(readConfig({ ...env, [name]: 'grpc' }).tracing).toBe(false);
  });

  it('ends the process with 1 when it is at fault, all faults at once, no value shown', async () => {
    const gateway = await spawnGateway({
      PORT: 'canary-port',
      HSS_ENDPOINT: 'https://user:canary-password@hss.example',
      HSS_PROJECT_ID: 'canary/project',
      CORS_ORIGINS: 'canary-origin',
      GRAPHIQL: 'canary-flag',
      ROUTER_SECRET: 'canary secret',
      TRUSTED_DOCUMENTS: '/canary/documents.json',
      LOG_LEVEL: 'canary-level',
    });
    expect(await gateway.exited).toEqual({ code: 1, signal: null });
    expect(gateway.stdout()).toBe('');
    expect(gateway.stderr()).not.toContain('canary');
    const named = [...gateway.stderr().matchAll(/^ {2}(\w+): must /gm)].map(([, name]) => name);
    expect(named).toEqual([
      'PORT',
      'HSS_ENDPOINT',
      'HSS_PROJECT_ID',
      'CORS_ORIGINS',
      'GRAPHIQL',
      'ROUTER_SECRET',
      'TRUSTED_DOCUMENTS',
      'LOG_LEVEL',
    ]);
  });
});
