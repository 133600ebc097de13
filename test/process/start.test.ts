import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createSimulator } from '../../src/simulator/simulator.ts';
import { builtGateway } from '../support/build.ts';
import { startCollector } from '../support/collector.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/free-port.ts';
import { ask, spawnGateway } from '../support/gateway-process.ts';

beforeAll(() => builtGateway(), 180_000);

const ports = '{ host(id: "h") { ports { totalCount } } }';
const hasScript = spawnSync('script', ['--version']).error === undefined;

describe('a gateway that starts', () => {
  it('says loudly, and with a query that runs, that it has an embedded simulator', async () => {
    const gateway = await spawnGateway();
    const url = await gateway.url();
    const [warning, hint, start] = gateway.log();
    expect(warning).toMatchObject({ level: 'warn', msg: expect.stringContaining('EMBEDDED SIMULATOR') });
    expect(start).toMatchObject({ msg: 'listening', hss: 'simulator', url });
    const { open, token, query } = hint as Record<string, string>;
    const [name = '', value = ''] = token!.split(': ');
    expect(await (await ask(open!, query!, { [name]: value })).json()).toHaveProperty('data.host.ports.totalCount');
  });

  it.each<readonly [string, Readonly<Record<string, string>>]>([
    ['Send the query with the token', { HSS_ENDPOINT: 'simulator', NODE_ENV: 'production' }],
    ['Send the query with the token', { GRAPHIQL: 'false' }],
    ['Send the query with the token and the secret', { ROUTER_SECRET: 'secret' }],
  ])('tells nobody to open a page that is not served: %s', async (msg, env) => {
    const gateway = await spawnGateway(env);
    await gateway.url();
    const [, hint, start] = gateway.log();
    expect(hint).toMatchObject({ level: 'warn', msg, url: start!.url });
    expect(hint).not.toHaveProperty('open');
  });

  it.each<Readonly<Record<string, string>>>([{}, { HSS_ENDPOINT: 'simulator', NODE_ENV: 'production' }])(
    'says that its ports are invented whatever LOG_LEVEL says: %o',
    async (env) => {
      const gateway = await spawnGateway({ ...env, LOG_LEVEL: 'silent' });
      await gateway.url();
      expect(gateway.log()).toMatchObject([
        { level: 'warn', msg: expect.stringContaining('EMBEDDED SIMULATOR') },
        {},
        { level: 'info', msg: 'listening', hss: 'simulator' },
      ]);
    },
  );

  it('warns where a call may take longer than its operation', async () => {
    const gateway = await spawnGateway({ HSS_TIMEOUT_MS: '30000' });
    await gateway.url();
    expect(gateway.log()).toContainEqual(
      expect.objectContaining({ level: 'warn', msg: expect.stringMatching(/^HSS_TIMEOUT_MS is longer/) }),
    );
  });

  it('says which version it is, and what of it is open', async () => {
    const collector = await startCollector();
    onTestFinished(() => collector.close());
    const closed = await spawnGateway({
      NODE_ENV: 'production',
      HSS_ENDPOINT: 'https://hss.example',
      HSS_PROJECT_ID: 'project',
      HSS_PROXY: 'http://user:canary@proxy.example:3128',
      ROUTER_SECRET: 'canary',
      TRUSTED_DOCUMENTS: fileURLToPath(
        new URL('../../examples/trusted-documents/generated/persisted-documents.json', import.meta.url),
      ),
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
    });
    const open = await spawnGateway({ HSS_ENDPOINT: 'https://hss.example' });
    await Promise.all([closed.url(), open.url()]);
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    const common = { level: 'info', msg: 'listening', version, hss: 'https://hss.example', workers: 1 };
    expect(closed.log()[0]).toMatchObject({
      ...common,
      proxy: 'http://proxy.example:3128',
      project: true,
      routerSecret: true,
      trustedDocuments: true,
      introspection: false,
      tracing: true,
    });
    expect(open.log()[0]).toMatchObject({
      ...common,
      proxy: null,
      project: false,
      routerSecret: false,
      trustedDocuments: false,
      introspection: true,
      tracing: false,
    });
    expect(closed.stdout()).not.toContain('canary');
  });

  it.each<readonly [string | null, Readonly<Record<string, string>>]>([
    ['http://proxy.example:3128', { HTTPS_PROXY: 'http://user:canary@proxy.example:3128' }],
    ['http://proxy.example:3128', { https_proxy: 'http://proxy.example:3128', NO_PROXY: 'other.example' }],
    ['http://one.example', { HSS_PROXY: 'http://one.example', HTTPS_PROXY: 'http://two.example' }],
    [null, { HTTPS_PROXY: 'http://proxy.example:3128', NO_PROXY: 'localhost,.example' }],
    [null, { HTTP_PROXY: 'http://proxy.example:3128' }],
  ])('names the proxy before HSS: %s with %o', async (proxy, env) => {
    const gateway = await spawnGateway({ HSS_ENDPOINT: 'https://hss.example', ...env });
    await gateway.url();
    expect(gateway.log()[0]).toMatchObject({ msg: 'listening', proxy });
    expect(gateway.stdout()).not.toContain('canary');
  });

  it.each([
    ['http://hss.example', true],
    ['http://10.0.0.1:8080', true],
    ['https://hss.example', false],
    ['http://127.0.0.1:1', false],
    ['http://hss.localhost', false],
  ])('warns of tokens that go unencrypted to another machine: %s, %s', async (endpoint, isWarned) => {
    const gateway = await spawnGateway({ HSS_ENDPOINT: endpoint });
    await gateway.url();
    gateway.kill('SIGTERM');
    await gateway.exited;
    expect(gateway.log().filter(({ level }) => level === 'warn')).toEqual(
      isWarned ? [expect.objectContaining({ msg: 'HSS_ENDPOINT is plain http: tokens go to HSS unencrypted' })] : [],
    );
  });

  it('does not start where the usual variables name what is no proxy', async () => {
    const gateway = await spawnGateway({ HSS_ENDPOINT: 'https://hss.example', HTTPS_PROXY: 'socks5://canary:1080' });
    expect(await gateway.exited).toEqual({ code: 1, signal: null });
    expect(gateway.stderr()).toMatch(/^ {2}HTTPS_PROXY: must be /m);
    expect(gateway.stderr()).not.toContain('canary');
  });

  it('warns of what looks like a variable of its own, whatever LOG_LEVEL says, and of nothing else', async () => {
    const simulator = createSimulator();
    onTestFinished(() => simulator.close());
    const misspelt = {
      HSS_CONECTIONS: 'HSS_CONNECTIONS',
      router_secret: 'ROUTER_SECRET',
      NODE_EVN: 'NODE_ENV',
      PORTS: 'PORT',
      ADMN_PORT: 'ADMIN_PORT',
      TRUSTED_PROXY: 'TRUSTED_PROXIES',
      HSS_TIMEOUT: 'HSS_TIMEOUT_MS',
    };
    const port = String(await freePort());
    const gateway = await spawnGateway({
      HSS_ENDPOINT: await simulator.listen(),
      PORT: port,
      LOG_LEVEL: 'silent',
      ...Object.fromEntries(Object.keys(misspelt).map((name) => [name, 'canary'])),
      // A machine's own, and what Kubernetes sets for services named hss and hss-endpoin.
      PATH: '/bin',
      HOME: '/',
      HOSTNAME: 'pod',
      LOGNAME: 'me',
      HSS_PORT: 'tcp://10.0.0.1:443',
      HSS_PORT_443_TCP_ADDR: '10.0.0.1',
      HSS_SERVICE_HOST: '10.0.0.1',
      HSS_SERVICE_PORT_HTTPS: '443',
      HSS_ENDPOIN_SERVICE_HOST: '10.0.0.1',
      ADMI_PORT: 'tcp://10.0.0.1:443',
    });
    await eventually(async () => expect((await ask(`http://127.0.0.1:${port}/graphql`, ports)).status).toBe(200));
    await eventually(() =>
      expect(gateway.log().map(({ variable, like }) => [variable, like])).toEqual(Object.entries(misspelt)),
    );
    expect(gateway.log().every(({ level }) => level === 'warn')).toBe(true);
    expect(gateway.stdout()).not.toContain('canary');
  });

  it.each(['prod', 'Production', 'production '])(
    'warns where NODE_ENV is %j, which is no production',
    async (value) => {
      const gateway = await spawnGateway({ NODE_ENV: value });
      await gateway.url();
      expect(gateway.log()).toContainEqual(
        expect.objectContaining({ level: 'warn', variable: 'NODE_ENV', like: 'NODE_ENV=production' }),
      );
    },
  );

  it('tells of a misspelt variable where it does not start for want of the right one', async () => {
    const gateway = await spawnGateway({ NODE_ENV: 'production', HSS_ENPOINT: 'https://hss.example' });
    expect(await gateway.exited).toEqual({ code: 1, signal: null });
    expect(gateway.stderr()).toMatch(/^ {2}HSS_ENDPOINT: must be set in production[^]*HSS_ENPOINT: .* HSS_ENDPOINT$/m);
  });

  it("names HSS's origin in its start line, and nowhere after", async () => {
    const simulator = createSimulator();
    const HSS_ENDPOINT = await simulator.listen();
    const gateway = await spawnGateway({ HSS_ENDPOINT, HSS_PROJECT_ID: 'project', LOG_LEVEL: 'trace' });
    const url = await gateway.url();
    expect(gateway.log()).toMatchObject([{ msg: 'listening', hss: HSS_ENDPOINT, url }]);
    expect((await ask(url, ports)).status).toBe(200);
    await simulator.close();
    expect((await ask(url, ports)).status).toBe(200);
    await eventually(() => expect(gateway.log()).toHaveLength(3));
    expect(JSON.stringify(gateway.log().slice(1))).not.toContain(new URL(HSS_ENDPOINT).port);
    expect(gateway.stderr()).toBe('');
  });

  it.each([
    ['warn', []],
    ['silent', []],
  ])('writes no line below LOG_LEVEL=%s', async (LOG_LEVEL, lines) => {
    const simulator = createSimulator();
    onTestFinished(() => simulator.close());
    const HSS_ENDPOINT = await simulator.listen();
    const port = await freePort();
    const gateway = await spawnGateway({ HSS_ENDPOINT, HSS_PROJECT_ID: 'project', LOG_LEVEL, PORT: String(port) });
    await eventually(async () => expect((await ask(`http://127.0.0.1:${port}/graphql`, ports)).status).toBe(200));
    gateway.kill('SIGINT');
    expect(await gateway.exited).toEqual({ code: 0, signal: null });
    expect(gateway.log()).toEqual(lines);
  });

  it('ends with 1 and one line where its port is taken', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void taken.close());
    const gateway = await spawnGateway({ PORT: String((taken.address() as AddressInfo).port) });
    expect(await gateway.exited).toEqual({ code: 1, signal: null });
    expect(gateway.log()).toMatchObject([
      { level: 'fatal', msg: 'cannot start', reason: expect.stringContaining('EADDRINUSE') },
    ]);
    expect(gateway.stderr()).toBe('');
  });

  it('is what a signal to `npm start` ends, in order', async () => {
    const main = await builtGateway();
    // Without `prestart`, which would build anew under the other tests.
    const npm = spawn('npm', ['start', '--silent', '--ignore-scripts'], {
      cwd: fileURLToPath(new URL('..', main)),
      env: { PORT: '0', PATH: process.env.PATH, HOME: process.env.HOME },
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    });
    const closed = once(npm, 'close');
    let isClosed = false;
    void closed.then(() => (isClosed = true));
    // The group: where npm has left the gateway behind, it is nobody's child.
    onTestFinished(() => {
      if (!isClosed) process.kill(-npm.pid!, 'SIGKILL');
    });
    let seen = '';
    npm.stdout.on('data', (chunk: Buffer) => (seen += chunk.toString()));
    await eventually(() => expect(seen).toContain('listening'));
    npm.kill('SIGTERM');
    expect(await closed).toEqual([0, null]);
    expect(seen).toMatch(/draining[^]*ended/);
  });

  it('sends its spans as protobuf where that is asked for', async () => {
    const collector = await startCollector();
    onTestFinished(() => collector.close());
    const gateway = await spawnGateway({
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
    });
    const token = 'canary-token';
    expect((await ask(await gateway.url(), ports, { 'x-auth-token': token })).status).toBe(200);
    gateway.kill('SIGINT');
    expect(await gateway.exited).toEqual({ code: 0, signal: null });
    expect([...collector.contentTypes]).toEqual(['application/x-protobuf']);
    const sent = collector.bodies.join();
    for (const text of ['hss-open-port-gateway', 'query', 'GET /v5/{project_id}/asset/ports'])
      expect(sent).toContain(text);
    expect(sent).not.toContain(token);
    expect(gateway.log().filter(({ msg }) => msg === 'tracing')).toEqual([]);
  });

  it('says why its collector takes no spans, and nothing of what that answered', async () => {
    const collector = createHttpServer((_request, response) => response.writeHead(401).end('secret of the collector'));
    await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void collector.close());
    const { port } = collector.address() as AddressInfo;
    const gateway = await spawnGateway({
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
      OTEL_BSP_SCHEDULE_DELAY: '10',
    });
    await ask(await gateway.url(), ports);
    const detail = 'Unauthorized 401';
    await eventually(() => expect(gateway.log()).toContainEqual(expect.objectContaining({ msg: 'tracing', detail })));
    expect(gateway.stdout()).not.toContain('secret of the collector');
  });

  it('sends the spans that are left before it ends', async () => {
    const collector = await startCollector();
    onTestFinished(() => collector.close());
    const gateway = await spawnGateway({
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
      // Longer than the test: nothing goes out by itself.
      OTEL_BSP_SCHEDULE_DELAY: '600000',
    });
    const token = 'canary-token';
    expect((await ask(await gateway.url(), ports, { 'x-auth-token': token })).status).toBe(200);
    gateway.kill('SIGINT');
    expect(await gateway.exited).toEqual({ code: 0, signal: null });
    expect(collector.spans.map(({ name, service }) => [name, service]).toSorted()).toEqual([
      ['GET /v5/{project_id}/asset/ports', 'hss-open-port-gateway'],
      ['query', 'hss-open-port-gateway'],
      ['read', 'hss-open-port-gateway'],
    ]);
    expect(collector.bodies.join()).not.toContain(token);
  });

  it('ends in time where the collector does not answer', async () => {
    const mute = createServer();
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void mute.close());
    const { port } = mute.address() as AddressInfo;
    const gateway = await spawnGateway({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` });
    expect((await ask(await gateway.url(), ports)).status).toBe(200);
    gateway.kill('SIGINT');
    expect(await gateway.exited).toEqual({ code: 0, signal: null });
  });

  it.skipIf(!hasScript)('writes readable lines on a terminal, the last one included', async () => {
    const main = fileURLToPath(await builtGateway());
    // script(1) gives the process a terminal.
    const terminal = spawn('script', ['-qec', `${process.execPath} ${main}`, '/dev/null'], {
      env: { PORT: '0', SHELL: '/bin/sh', PATH: process.env.PATH },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    onTestFinished(() => void terminal.kill('SIGKILL'));
    const output = text(terminal.stdout);
    let seen = '';
    terminal.stdout.on('data', (chunk: Buffer) => (seen += chunk.toString()));
    await eventually(() => expect(seen).toContain('listening'));
    // Ctrl-C
    terminal.stdin.write('\x03');
    const lines = await output;
    expect(lines).not.toContain('{"level"');
    expect(lines).toMatch(/INFO.*: .*draining/);
    expect(lines).toMatch(/INFO.*: .*ended/);
  });
});
