import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
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
