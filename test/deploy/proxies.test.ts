import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
}

const proxies: Readonly<Record<string, Proxy>> = {
  HAProxy: {
    config: 'deploy/haproxy/haproxy.cfg',
    command: 'haproxy',
    options: (config) => ['-db', '-f', config],
    adapt: (config) => config.replace('bind :', 'bind 127.0.0.1:'),
  },
  nginx: {
    config: 'deploy/nginx/nginx.conf',
    command: 'nginx',
    options: (config, folder) => ['-c', config, '-p', folder, '-g', `daemon off; error_log stderr; pid ${folder}/pid;`],
    adapt: (config, folder) =>
      config
        .replace('listen ', 'listen 127.0.0.1:')
        .replace(
          'http {',
          `http {\n${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join('\n')}`,
        ),
  },
};

/** Starts a proxy before two gateways that are one. Resolves to its port. */
async function startProxy({ config, command, options, adapt }: Proxy, gateway: TestGateway): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'proxy-'));
  const port = await freePort();
  const file = join(folder, 'config');
  const text = readFileSync(new URL(`../../${config}`, import.meta.url), 'utf8')
    .replace(/127\.0\.0\.1:400[12]/g, new URL(gateway.url).host)
    .replace(':4000', `:${port}`)
    .replace('listen 4000', `listen ${port}`);
  writeFileSync(file, adapt(text, folder));
  const child = spawn(command, options(file, folder), { stdio: ['ignore', 'ignore', 'inherit'] });
  onTestFinished(async () => {
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await exited;
    rmSync(folder, { recursive: true });
  });
  await eventually(async () => expect((await ask(port, '/ready')).status).toBe(200));
  return port;
}

/** Asks for a path as it is written here, and shows the answer as it came. */
async function ask(port: number, path: string, headers: Readonly<Record<string, string>> = {}, body?: string) {
  const sent = request({ host: '127.0.0.1', port, path, method: body ? 'POST' : 'GET', headers }).end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return { status: response.statusCode, headers: response.headers, body: await buffer(response) };
}

const query = JSON.stringify({
  query: '{ host(id: "host-350") { ports(page: { limit: 200 }) { nodes { id port } } } }',
});
const json = { 'content-type': 'application/json', accept: 'application/graphql-response+json' };

describe.each(Object.entries(proxies))('%s with its shipped configuration', (name, proxy) => {
  const isThere = spawnSync(proxy.command, ['-v']).error === undefined;
  if (!isThere) console.error(`${proxy.config} IS NOT TESTED: there is no ${name} here (Debian: ${proxy.command}).`);

  it.runIf(isThere)('passes operations with the largest token, and compresses what comes back', async () => {
    const gateway = await startGateway();
    const port = await startProxy(proxy, gateway);
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
    const port = await startProxy(proxy, await startGateway());
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
    const port = await startProxy(proxy, gateway);
    const path = `/graphql?query=${encodeURIComponent('{ host(id: "h") { ports { totalCount } } }')}`;
    for (const token of ['one', 'one', 'two']) {
      const { status, headers } = await ask(port, path, { accept: 'application/json', 'x-auth-token': token });
      expect(status).toBe(200);
      expect(headers.age).toBeUndefined();
    }
    expect(gateway.simulator.calls.map(({ headers }) => headers['x-auth-token'])).toEqual(['one', 'one', 'two']);
  });
});
