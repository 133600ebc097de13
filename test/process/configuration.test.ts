import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { ConfigError, readConfig, variables, type Config } from '../../src/config.ts';
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
  hssProxy: null,
  maxUpstreamReads: 100,
  maxWholeListRows: 2_000,
  corsOrigins: ['loopback'],
  allowedHosts: ['loopback'],
  graphiql: true,
  introspection: true,
  routerSecret: [],
  trustedDocuments: null,
  trustedProxies: [],
  logSample: 1,
  logLevel: 'info',
  workers: 1,
  adminPort: null,
  tracing: false,
  otlpProtocol: null,
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
    expect(readConfig({ NODE_ENV: 'production', HSS_ENDPOINT: 'https://hss.example' })).toEqual({
      ...defaults,
      hssEndpoint: new URL('https://hss.example'),
      host: '0.0.0.0',
      corsOrigins: [],
      allowedHosts: ['*'],
      graphiql: false,
      introspection: false,
    });
  });

  it('shows invented ports in production only where they are asked for by name', () => {
    for (const name of ['HSS_ENPOINT', 'HSS_PROJECT_ID'])
      expect(faultsOf({ NODE_ENV: 'production', [name]: 'hss.example' })).toEqual(['HSS_ENDPOINT']);
    expect(faultsOf({ NODE_ENV: 'production', HSS_ENDPOINT: '' })).toEqual(['HSS_ENDPOINT']);
    expect(readConfig({ NODE_ENV: 'production', HSS_ENDPOINT: 'simulator' }).hssEndpoint).toBeNull();
    expect(readConfig({ HSS_ENDPOINT: 'simulator' })).toEqual(defaults);
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
    ['ADMIN_PORT', 'adminPort', 0, 65_535],
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
    [
      'HOST',
      'host',
      ['0.0.0.0', '::1', 'fe80::1%eth0', 'localhost', 'pod-7.example.', 'under_score'],
      ['not a host', '999.1.1.1', '1.2.3', 'a..b', 'http://localhost', 'localhost:4000', '[::1]', 'a'.repeat(254)],
    ],
    [
      'HSS_PROJECT_ID',
      'projectId',
      ['p', 'A-Z_a.z0', 'x'.repeat(256)],
      ['.', '..', 'a/b', 'a b', 'ä', 'x'.repeat(257)],
    ],
    ['HSS_ENTERPRISE_PROJECT_ID', 'enterpriseProjectId', ['0', 'all_granted_eps', 'x'.repeat(256)], ['x'.repeat(257)]],
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

  it('refuses an HSS_ENDPOINT with the path of the API, and says so', () => {
    for (const path of ['v5', 'v5/', 'v5/project/asset/ports', 'hss/v5']) {
      expect(() => readConfig({ HSS_ENDPOINT: `https://hss.example/${path}` })).toThrow(
        'HSS_ENDPOINT: must end before /v5: the gateway adds the path of the API',
      );
    }
    expect(readConfig({ HSS_ENDPOINT: 'https://v5.example/v50' }).hssEndpoint?.pathname).toBe('/v50');
  });

  it('reads HSS_PROXY as the origin of a proxy, with its credentials', () => {
    for (const value of ['http://proxy.example:3128', 'https://user:word@proxy.example/'])
      expect(readConfig({ HSS_PROXY: value }).hssProxy).toEqual(new URL(value));
    for (const value of ['proxy.example:3128', 'socks5://proxy.example', 'http://proxy.example/path', 'http://p/?a'])
      expect(faultsOf({ HSS_PROXY: value }), value).toEqual(['HSS_PROXY']);
  });

  it('refuses an ADMIN_PORT that is PORT', () => {
    expect(faultsOf({ PORT: '4000', ADMIN_PORT: '4000' })).toEqual(['ADMIN_PORT']);
    expect(faultsOf({ ADMIN_PORT: '4000' })).toEqual(['ADMIN_PORT']);
    expect(readConfig({ PORT: '0', ADMIN_PORT: '0' }).adminPort).toBe(0);
  });

  it('reads LOG_SAMPLE as a share', () => {
    expect(['0', '0.01', '.5', '1', '1.0'].map((value) => readConfig({ LOG_SAMPLE: value }).logSample)).toEqual([
      0, 0.01, 0.5, 1, 1,
    ]);
    for (const value of ['1.1', '-0.1', '1e-3', '50%', '.', ' 1', 'half'])
      expect(faultsOf({ LOG_SAMPLE: value }), value).toEqual(['LOG_SAMPLE']);
  });

  it('reads ALLOWED_HOSTS as names, without their ports', () => {
    const read = (value: string): readonly string[] => readConfig({ ALLOWED_HOSTS: value }).allowedHosts;
    expect(read('*')).toEqual(['*']);
    expect(read('loopback, Ports.example,root.example.,10.0.0.1,::1,[2001:DB8::1]')).toEqual([
      'loopback',
      'ports.example',
      'root.example',
      '10.0.0.1',
      '[::1]',
      '[2001:db8::1]',
    ]);
    for (const value of [
      'a.example:4000',
      'https://a.example',
      'a.example/',
      '*.example',
      'a b',
      'u@a',
      ',',
      '[::1]:1',
    ])
      expect(faultsOf({ ALLOWED_HOSTS: value }), value).toEqual(['ALLOWED_HOSTS']);
  });

  it.each<readonly [readonly string[], Readonly<Record<string, string>>]>([
    [['loopback'], {}],
    [['loopback'], { HSS_ENDPOINT: 'simulator' }],
    [['*'], { HSS_ENDPOINT: 'https://hss.example' }],
    [['*'], { NODE_ENV: 'production', HSS_ENDPOINT: 'simulator' }],
  ])('allows the hosts %o by default with %o', (allowed, env) => {
    expect(readConfig(env).allowedHosts).toEqual(allowed);
  });

  it('reads TRUSTED_PROXIES as addresses and networks', () => {
    const value = '10.0.0.0/8, 192.0.2.1,loopback,fd00::/8';
    expect(readConfig({ TRUSTED_PROXIES: value }).trustedProxies).toEqual([
      '10.0.0.0/8',
      '192.0.2.1',
      'loopback',
      'fd00::/8',
    ]);
    for (const bad of ['10.0.0.0/33', 'proxy.example', '*', 'true'])
      expect(faultsOf({ TRUSTED_PROXIES: bad }), bad).toEqual(['TRUSTED_PROXIES']);
  });

  it('reads ROUTER_SECRET as one secret or several, from a file if need be', () => {
    const path = temporaryFile('old-secret\nnew-secret\n');
    expect(readConfig({ ROUTER_SECRET: 'sesame!#$%~' }).routerSecret).toEqual(['sesame!#$%~']);
    expect(readConfig({ ROUTER_SECRET: 'one two\nthree' }).routerSecret).toEqual(['one', 'two', 'three']);
    expect(readConfig({ ROUTER_SECRET_FILE: path }).routerSecret).toEqual(['old-secret', 'new-secret']);
    for (const value of [' ', '\n', 'käse', 'sesame käse'])
      expect(faultsOf({ ROUTER_SECRET: value }), value).toEqual(['ROUTER_SECRET']);
    for (const file of ['/nowhere/secret', temporaryFile(''), temporaryFile(' \n'), temporaryFile('käse')])
      expect(faultsOf({ ROUTER_SECRET_FILE: file })).toEqual(['ROUTER_SECRET_FILE']);
    expect(faultsOf({ ROUTER_SECRET: 'sesame', ROUTER_SECRET_FILE: path })).toEqual(['ROUTER_SECRET_FILE']);
  });

  it.each(variables.filter((name) => !name.startsWith('ROUTER_SECRET')))(
    'refuses %s_FILE: what it was to set would not be set',
    (name) => {
      expect(faultsOf({ [`${name}_FILE`]: temporaryFile('value') })).toEqual([`${name}_FILE`]);
    },
  );

  it("leaves other people's files alone", () => {
    expect(faultsOf({ SSL_CERT_FILE: '/etc/ssl/cert.pem', HSS_PASSWORD_FILE: '/run/secrets/hss' })).toEqual([]);
  });

  it('reads CORS_ORIGINS as a list of origins, or any, or none', () => {
    expect(readConfig({ CORS_ORIGINS: 'loopback,https://a.example' }).corsOrigins).toEqual([
      'loopback',
      'https://a.example',
    ]);
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
      for (const value of ['grpc', 'http/xml']) expect(faultsOf({ ...collector, [name]: value })).toEqual([name]);
    }
    expect(faultsOf({ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4317' })).toEqual(['OTEL_EXPORTER_OTLP_ENDPOINT']);
  });

  it('speaks OTLP as JSON, or as protobuf where that is asked for', () => {
    const [all, traces] = protocols as [string, string];
    const read = (env: Readonly<Record<string, string>>): unknown => readConfig({ ...collector, ...env }).otlpProtocol;
    expect(read({})).toBe('http/json');
    for (const protocol of ['http/json', 'http/protobuf']) {
      expect(read({ [all]: protocol })).toBe(protocol);
      expect(read({ [traces]: protocol })).toBe(protocol);
    }
    expect(read({ [all]: 'http/protobuf', [traces]: 'http/json' })).toBe('http/json');
    expect(read({ [all]: 'http/json', [traces]: 'http/protobuf' })).toBe('http/protobuf');
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
      ROUTER_SECRET: 'canary-sécret',
      HSS_PROXY: 'socks5://user:canary-password@proxy',
      TRUSTED_DOCUMENTS: '/canary/documents.json',
      LOG_LEVEL: 'canary-level',
    });
    expect(await gateway.exited).toEqual({ code: 1, signal: null });
    expect(gateway.stdout()).toBe('');
    expect(gateway.stderr()).not.toContain('canary');
    const named = [...gateway.stderr().matchAll(/^ {2}(\w+): must /gm)].map(([, name]) => name);
    expect(named).toEqual([
      'PORT',
      'LOG_LEVEL',
      'HSS_ENDPOINT',
      'HSS_PROJECT_ID',
      'HSS_PROXY',
      'CORS_ORIGINS',
      'GRAPHIQL',
      'ROUTER_SECRET',
      'TRUSTED_DOCUMENTS',
    ]);
  });
});
