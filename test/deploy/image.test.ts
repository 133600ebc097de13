import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { validate } from 'dockerfile-utils';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createSimulator } from '../../src/simulator/simulator.ts';
import { eventually } from '../support/eventually.ts';
import { walkDockerfile, type Stage } from './walk-dockerfile.ts';

const project = new URL('../..', import.meta.url).pathname;

describe('the Dockerfile', () => {
  it('has nothing that a builder would refuse or warn of', () => {
    expect(validate(readFileSync(join(project, 'Dockerfile'), 'utf8'))).toEqual([]);
  });
});

/** There is no container here: the steps run in folders, under the Node that the base image would bring. */
describe('the image', () => {
  const folder = mkdtempSync(join(tmpdir(), 'image-'));
  let stage: Stage;

  beforeAll(() => {
    // The user that the image names must be able to look in.
    chmodSync(folder, 0o755);
    // npm's package `node` brings the program of that version.
    const packages = join(folder, 'node');
    const options = ['--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
    execFileSync('npm', ['install', '--prefix', packages, ...options, 'node@24'], { stdio: 'ignore' });
    const program = readdirSync(packages, { recursive: true, encoding: 'utf8' }).find((path) =>
      path.endsWith('bin/node'),
    );
    const node24 = dirname(join(packages, program!));
    stage = walkDockerfile(project, folder, (image) => {
      expect(image).toMatch(/^node:24-/);
      return node24;
    });
  }, 900_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('holds what production runs, and no more', () => {
    expect(readdirSync(join(stage.root, stage.workdir)).sort()).toEqual([
      'LICENSE',
      'dist',
      'node_modules',
      'package.json',
    ]);
    const packages = readdirSync(join(stage.root, stage.workdir, 'node_modules'));
    expect(packages).toContain('graphql-yoga');
    expect(packages).not.toContain('typescript');
    expect(packages).not.toContain('vitest');
  });

  it('serves as a user who is not root, and ends when told', async () => {
    const simulator = createSimulator();
    onTestFinished(() => simulator.close());
    const env = { ...stage.env, HSS_ENDPOINT: await simulator.listen(), HSS_PROJECT_ID: 'project', PORT: '0' };
    const [uid, gid] = stage.user.split(':').map(Number);
    expect(uid).toBeGreaterThan(0);
    const [program, ...args] = stage.command;
    const gateway = spawn(program!, args, {
      cwd: join(stage.root, stage.workdir),
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
      // Only root may become somebody else; who is not root already is somebody else.
      ...(process.getuid?.() === 0 && { uid, gid }),
    });
    onTestFinished(() => void gateway.kill('SIGKILL'));
    let log = '';
    gateway.stdout.on('data', (chunk: Buffer) => (log += chunk.toString()));
    const port = await eventually(() => /"url":"http:\/\/0\.0\.0\.0:(\d+)/.exec(log)![1]!);

    const health = await fetch(`http://127.0.0.1:${port}/health`);
    expect(health.status).toBe(200);
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-auth-token': 'token' },
      body: JSON.stringify({ query: '{ host(id: "host-40") { ports { totalCount } } }' }),
    });
    expect(await response.json()).toEqual({ data: { host: { ports: { totalCount: 40 } } } });
    expect(simulator.calls).toHaveLength(1);

    expect(execFileSync('node', ['--version'], { env, encoding: 'utf8' })).toMatch(/^v24\./);
    const [probe, ...probeArgs] = stage.healthCheck;
    execFileSync(probe!, probeArgs, { env: { ...stage.env, PORT: port } });
    gateway.kill('SIGTERM');
    expect(await once(gateway, 'exit')).toEqual([0, null]);
    expect(() => execFileSync(probe!, probeArgs, { env: { ...stage.env, PORT: port }, stdio: 'ignore' })).toThrow();
    // Closed by default in production.
    expect(stage.env.NODE_ENV).toBe('production');
  });
});
