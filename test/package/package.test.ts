import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createSimulator } from '../../src/simulator/simulator.ts';
import { eventually } from '../support/eventually.ts';

const project = new URL('../..', import.meta.url).pathname;
const run = promisify(execFile);

/** Somebody else's servers with a gateway in them. */
const embedded = `import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { createGateway, createLog, createRequestListener, type Gateway, type GatewayOptions } from 'hss-open-port-gateway';

const options: GatewayOptions = { hssEndpoint: process.argv[2] ?? '', projectId: 'project', graphiql: false, maxUpstreamReads: 5 };
const gateway: Gateway = createGateway(options, createLog('silent'));

const listener = createRequestListener(gateway);
const app = express();
app.get('/own', (_request, response) => void response.send('own'));
app.use(listener);

const servers = [createServer({ maxHeaderSize: 64 * 1024 }, listener), createServer(app)];
for (const server of servers) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = \`http://127.0.0.1:\${(server.address() as AddressInfo).port}\`;
  const response = await fetch(\`\${origin}/graphql\`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-auth-token': 'token' },
    body: JSON.stringify({ query: '{ host(id: "host-40") { ports { totalCount } } }' }),
  });
  console.log(await response.text());
}
gateway.drain();
await gateway.close();
for (const server of servers) {
  server.close();
  server.closeAllConnections();
}
`;

describe('the package', () => {
  const folder = mkdtempSync(join(tmpdir(), 'package-'));
  const consumer = join(folder, 'consumer');
  let files: readonly string[];

  const npm = (cwd: string, ...args: string[]): string =>
    execFileSync('npm', [...args, '--loglevel=error', '--no-audit', '--no-fund'], {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });

  beforeAll(() => {
    // Packed from a copy: packing builds anew, and others may be using dist.
    const copy = join(folder, 'project');
    mkdirSync(copy);
    for (const path of [
      'package.json',
      'README.md',
      'LICENSE',
      'schema.graphql',
      'api.graphql',
      'docs',
      'src',
      'scripts',
    ])
      cpSync(join(project, path), join(copy, path), { recursive: true });
    for (const path of ['tsconfig.json', 'tsconfig.build.json']) cpSync(join(project, path), join(copy, path));
    symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'));
    mkdirSync(join(copy, 'dist'));
    writeFileSync(join(copy, 'dist/left-behind.js'), '');
    const [packed] = JSON.parse(npm(copy, 'pack', '--json')) as [{ filename: string; files: { path: string }[] }];
    files = packed.files.map(({ path }) => path);

    mkdirSync(consumer);
    writeFileSync(join(consumer, 'embedded.ts'), embedded);
    writeFileSync(join(consumer, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
    const others = ['express@5', '@types/express@5', '@types/node@20'];
    npm(consumer, 'install', '--omit=dev', '--ignore-scripts', join(copy, packed.filename), ...others);
  }, 600_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('holds the built gateway, its schema and its documents, and nothing else', () => {
    const top = new Set(files.map((path) => path.split('/')[0]));
    expect([...top].sort()).toEqual([
      ...['LICENSE', 'README.md', 'api.graphql', 'dist', 'docs', 'package.json', 'schema.graphql'],
    ]);
    const built = files.filter((path) => path.startsWith('dist/'));
    expect(built).toEqual(expect.arrayContaining(['dist/index.js', 'dist/index.d.ts', 'dist/bin.js', 'dist/main.js']));
    expect(built.filter((path) => !/\.(?:js|d\.ts)$|LICENSES\.txt$/.test(path))).toEqual([]);
    expect(built).not.toContain('dist/left-behind.js');
    expect(files.filter((path) => path.startsWith('docs/') && !/\.(?:md|png)$/.test(path))).toEqual([]);
  });

  it('has no character in its code for which V8 would hold all of it in twice the memory', () => {
    const dist = join(consumer, 'node_modules/hss-open-port-gateway/dist');
    const built = readdirSync(dist).filter((file) => /^(?:main|chunk-.*)\.js$/.test(file));
    expect(built.length).toBeGreaterThan(2);
    // eslint-disable-next-line no-control-regex -- all of Latin-1
    for (const file of built) expect(readFileSync(join(dist, file), 'utf8')).not.toMatch(/[^\u0000-\u00ff]/);
  });

  it('brings types that a strict consumer compiles against', () => {
    const options = ['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2023', '--types', 'node'];
    const tsc = join(project, 'node_modules/typescript/bin/tsc');
    const compile = (): string =>
      execFileSync(process.execPath, [tsc, ...options, 'embedded.ts'], {
        cwd: consumer,
        encoding: 'utf8',
      });
    expect(compile()).toBe('');
    writeFileSync(join(consumer, 'embedded.ts'), embedded.replace('maxUpstreamReads: 5', "maxUpstreamReads: 'five'"));
    expect(compile).toThrow();
    writeFileSync(join(consumer, 'embedded.ts'), embedded);
  });

  it("answers inside somebody else's server, node:http or Express", async () => {
    const simulator = createSimulator();
    onTestFinished(() => simulator.close());
    const tsx = join(project, 'node_modules/tsx/dist/loader.mjs');
    const origin = await simulator.listen();
    const { stdout, stderr } = await run(process.execPath, ['--import', tsx, 'embedded.ts', origin], { cwd: consumer });
    expect(stderr).toBe('');
    const answer = '{"data":{"host":{"ports":{"totalCount":40}}}}';
    expect(stdout.trim().split('\n')).toEqual([answer, answer]);
    expect(simulator.calls).toHaveLength(2);
  });

  it('does nothing when it is imported', async () => {
    const { stdout, stderr } = await run(
      process.execPath,
      ['--input-type=module', '-e', "console.log(Object.keys(await import('hss-open-port-gateway')).sort().join())"],
      // A gateway that read these would fail.
      { cwd: consumer, env: { ...process.env, PORT: 'none', HSS_ENDPOINT: 'none' } },
    );
    expect(stderr).toBe('');
    expect(stdout.trim()).toBe(
      'ConfigError,createGateway,createGatewayServer,createLog,createRequestListener,readConfig',
    );
  });

  it.each(['schema.graphql', 'api.graphql'])('exports %s', async (name) => {
    const read = `import { readFileSync } from 'node:fs'; console.log(readFileSync(new URL(import.meta.resolve('hss-open-port-gateway/${name}')), 'utf8'))`;
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', read], { cwd: consumer });
    expect(stdout).toContain('type OpenPort');
  });

  it('is a command that needs no account', async () => {
    const command = spawn('npx', ['hss-open-port-gateway'], {
      cwd: consumer,
      env: { ...process.env, PORT: '0', HSS_ENDPOINT: '' },
      stdio: ['ignore', 'pipe', 'inherit'],
      // npx starts a shell that starts the gateway: all of them end together.
      detached: true,
    });
    onTestFinished(() => {
      try {
        process.kill(-command.pid!, 'SIGKILL');
      } catch {
        // It has ended, as it should.
      }
    });
    let log = '';
    command.stdout.on('data', (chunk: Buffer) => (log += chunk.toString()));
    const url = await eventually(() => /"url":"(http:[^"]+)"/.exec(log)![1]!);
    expect(log).toContain('SIMULATOR');
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-auth-token': 'demo-token' },
      body: JSON.stringify({ query: '{ host(id: "host-40") { ports { totalCount } } }' }),
    });
    expect(await response.json()).toMatchObject({ data: { host: { ports: { totalCount: 40 } } } });
    process.kill(-command.pid!, 'SIGINT');
    await once(command, 'exit');
  });

  it('tells its version and how to use it, and refuses what it does not know', async () => {
    const bin = join(consumer, 'node_modules/.bin/hss-open-port-gateway');
    const { version } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { version: string };
    expect((await run(bin, ['--version'])).stdout.trim()).toBe(version);
    expect((await run(bin, ['--help'])).stdout).toContain('HSS_ENDPOINT');
    await expect(run(bin, ['--port', '4001'])).rejects.toMatchObject({ code: 1, stdout: '' });
  });
});
