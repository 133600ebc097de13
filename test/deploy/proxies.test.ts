import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/free-port.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

interface Proxy {
  readonly config: string;
  readonly command: string;
  readonly options: (config: string, folder: string) => string[];
  /** What is changed so that it runs in a folder of its own. */
  readonly adapt: (config: string, folder: string) => string;
  /** The file, in that folder, that its log goes to; null where that is standard output. */
  readonly logFile: string | null;
}

const proxies: Readonly<Record<string, Proxy>> = {
  HAProxy: {
    config: 'deploy/haproxy/haproxy.cfg',
    command: 'haproxy',
    options: (config) => ['-db', '-f', config],
    adapt: (config) => config.replace('bind :', 'bind 127.0.0.1:'),
    logFile: null,
  },
  nginx: {
    config: 'deploy/nginx/nginx.conf',
    command: 'nginx',
    options: (config, folder) => ['-c', config, '-p', folder, '-g', `daemon off; error_log stderr; pid ${folder}/pid;`],
    adapt: (config, folder) =>
      config
        .replace('listen ', 'listen 127.0.0.1:')
        .replace('/var/log/nginx', folder)
        .replaceAll('/run/hss-gateway', folder)
        .replace(
          'http {',
          `http {\n${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join('\n')}`,
        ),
    logFile: 'gateway.log',
  },
};

/** Starts a proxy before two gateways, which are one unless another is given. */
async function startProxy(
  { config, command, options, adapt, logFile }: Proxy,
  gateway: TestGateway,
  other = gateway,
): Promise<{ readonly port: number; readonly folder: string; readonly log: () => string }> {
  const folder = mkdtempSync(join(tmpdir(), 'proxy-'));
  // Whom nginx becomes where it is root puts large bodies there.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const file = join(folder, 'config');
  const text = readFileSync(new URL(`../../${config}`, import.meta.url), 'utf8')
    .replaceAll('127.0.0.1:4001', new URL(gateway.url).host)
    .replaceAll('127.0.0.1:4002', new URL(other.url).host)
    .replace(':4000', `:${port}`)
    .replace('listen 4000', `listen ${port}`);
  writeFileSync(file, adapt(text, folder));
  const child = spawn(command, options(file, folder), { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  onTestFinished(async () => {
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await exited;
    rmSync(folder, { recursive: true });
  });
  await eventually(async () => expect((await ask(port, '/ready')).status).toBe(200));
  return { port, folder, log: () => (logFile === null ? output : readFileSync(join(folder, logFile), 'utf8')) };
}

/** Where the tests ask from: another address than that of the proxies, which gateways trust. */
const here = '127.0.0.2';

/** Asks for a path as it is written here, and shows the answer as it came. */
async function ask(port: number, path: string, headers: Readonly<Record<string, string>> = {}, body?: string) {
  const sent = request({
    host: '127.0.0.1',
    localAddress: here,
    port,
    path,
    method: body ? 'POST' : 'GET',
    headers,
  }).end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return { status: response.statusCode, headers: response.headers, body: await buffer(response) };
}

const query = JSON.stringify({
  query: '{ host(id: "host-350") { ports(page: { limit: 200 }) { nodes { id port } } } }',
});
const mutation = JSON.stringify({
  query:
    'mutation { setPortIgnore(input: { ignore: true, ports: [{ agentId: "a", port: 1, protocol: TCP }] }) { acceptedCount } }',
});
const json = { 'content-type': 'application/json', accept: 'application/graphql-response+json' };

describe.each(Object.entries(proxies))('%s with its shipped configuration', (name, proxy) => {
  const isThere = spawnSync(proxy.command, ['-v']).error === undefined;
  if (!isThere) console.error(`${proxy.config} IS NOT TESTED: there is no ${name} here (Debian: ${proxy.command}).`);

  it.runIf(isThere)('passes operations with the largest token, and compresses what comes back', async () => {
    const gateway = await startGateway();
    const { port } = await startProxy(proxy, gateway);
    const token = 'x'.repeat(32_768);
    const plain = await ask(port, '/graphql', { ...json, 'x-auth-token': token }, query);
    expect(plain.status).toBe(200);
    expect(plain.headers['content-encoding']).toBeUndefined();
    const small = await ask(port, '/graphql', { ...json, 'x-auth-token': token, 'accept-encoding': 'gzip' }, query);
    expect(small.headers['content-encoding']).toBe('gzip');
    expect(small.body.length).toBeLessThan(plain.body.length / 2);
    expect(JSON.parse(gunzipSync(small.body).toString())).toMatchObject({
      data: JSON.parse(plain.body.toString()).data,
    });
    expect(gateway.simulator.calls.map(({ headers }) => headers['x-auth-token'])).toEqual([token, token]);
  });

  it.runIf(isThere)('passes probes, and neither /metrics nor anything else', async () => {
    const { port } = await startProxy(proxy, await startGateway());
    for (const path of ['/health', '/ready']) expect((await ask(port, path)).status, path).toBe(200);
    const others = ['/metrics', '/metrics?', '/metrics/', '//metrics', '/%6detrics', '/graphql/../metrics', '/'];
    for (const path of others) {
      const { status, body } = await ask(port, path);
      expect([400, 404], path).toContain(status);
      expect(body.toString(), path).not.toContain('hss_gateway');
    }
  });

  it.runIf(isThere)('keeps no answer for the next one who asks', async () => {
    const gateway = await startGateway();
    const { port } = await startProxy(proxy, gateway);
    const path = `/graphql?query=${encodeURIComponent('{ host(id: "h") { ports { totalCount } } }')}`;
    for (const token of ['one', 'one', 'two']) {
      const { status, headers } = await ask(port, path, { accept: 'application/json', 'x-auth-token': token });
      expect(status).toBe(200);
      expect(headers.age).toBeUndefined();
    }
    expect(gateway.simulator.calls.map(({ headers }) => headers['x-auth-token'])).toEqual(['one', 'one', 'two']);
  });

  it.runIf(isThere)('tells the gateway who asks, whatever they say of themselves', async () => {
    const gateway = await startGateway({ env: { TRUSTED_PROXIES: '127.0.0.1' } });
    const { port } = await startProxy(proxy, gateway);
    const headers = { ...json, 'x-auth-token': 'token', 'x-forwarded-for': '203.0.113.7' };
    expect((await ask(port, '/graphql', headers, mutation)).status).toBe(200);
    const lines = gateway.log.filter(({ msg }) => msg === 'audit' || msg === 'operation');
    expect(lines.map(({ msg, address }) => [msg, address])).toEqual([
      ['audit', here],
      ['operation', here],
    ]);
  });

  it.runIf(isThere)("passes the gateway's own word of a body that is too large", async () => {
    const { port } = await startProxy(proxy, await startGateway());
    const { status, headers, body } = await ask(port, '/graphql', json, query.padEnd(1_048_577));
    expect(status).toBe(413);
    expect(headers['content-type']).toContain('application/graphql-response+json');
    expect(JSON.parse(body.toString())).toMatchObject({ errors: [{}] });
  });

  it.runIf(isThere)('logs what went wrong, without queries, and tokens never', async () => {
    const { port, log } = await startProxy(proxy, await startGateway());
    const headers = { accept: 'application/json', 'x-auth-token': 'secret' };
    expect((await ask(port, '/graphql?query=%7B__typename%7D', headers)).status).toBe(200);
    expect((await ask(port, '/graphql/?query=%7B__typename%7D', headers)).status).toBe(404);
    expect((await ask(port, '/graphql', { ...headers, 'x-auth-token': 'secret'.repeat(20_000) })).status).toBe(400);
    const [missing, tooLarge] = await eventually(() => {
      // HAProxy tells of its checks, too.
      const lines = log()
        .split('\n')
        .filter((line) => line.includes(here));
      expect(lines).toHaveLength(2);
      return lines;
    });
    expect(missing).toContain(` ${here} GET /graphql/ 404 `);
    expect(tooLarge).toContain(' 400 ');
    expect(log()).not.toMatch(/__typename|secret/);
  });
});

describe.runIf(spawnSync('nginx', ['-v']).error === undefined)('nginx', () => {
  it('sends nothing to the gateway that is taken out, without a reload', async () => {
    const gateways = [await startGateway(), await startGateway()] as const;
    const { port, folder } = await startProxy(proxies.nginx!, ...gateways);
    const callsOfEach = async (): Promise<number[]> => {
      const before = gateways.map(({ simulator }) => simulator.calls.length);
      const headers = { ...json, 'x-auth-token': 'token' };
      for (let index = 0; index < 4; index++) expect((await ask(port, '/graphql', headers, query)).status).toBe(200);
      return gateways.map(({ simulator }, index) => simulator.calls.length - before[index]!);
    };
    expect(await callsOfEach()).toEqual([2, 2]);
    for (const [name, calls] of Object.entries({ one: [0, 4], two: [4, 0] })) {
      const flag = join(folder, `${name}-is-out`);
      writeFileSync(flag, '');
      expect(await callsOfEach(), name).toEqual(calls);
      rmSync(flag);
    }
    expect(await callsOfEach()).toEqual([2, 2]);
  });
});
