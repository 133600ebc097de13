import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { onTestFinished } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/free-port.ts';
import { routerSecret } from './router.ts';

export const exampleFolder = resolve('examples/federation');
const bin = join(exampleFolder, 'node_modules/@graphql-hive/gateway/dist/bin.js');

/** Hive Gateway in a process of its own, with the example's configuration; resolves to its URL. */
export async function startHiveGateway(supergraphSdl: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'hive-gateway-'));
  const supergraph = join(folder, 'supergraph.graphql');
  writeFileSync(supergraph, supergraphSdl);
  const port = await freePort();
  let output = '';
  const gateway = spawn(
    process.execPath,
    [bin, 'supergraph', supergraph, '--config-path', 'routers/hive/gateway.config.ts', '--port', String(port)],
    {
      cwd: exampleFolder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_OPTIONS: '', ROUTER_SECRET: routerSecret },
    },
  );
  for (const stream of [gateway.stdout, gateway.stderr])
    stream.on('data', (text: Buffer) => (output += text.toString()));
  const ended = new Promise((end) => gateway.once('exit', end));
  onTestFinished(async () => {
    gateway.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true });
  });

  const url = `http://127.0.0.1:${port}`;
  await eventually(async () => {
    if (gateway.exitCode !== null) throw new Error(`Hive Gateway ended:\n${output}`);
    const { ok } = await fetch(`${url}/readiness`);
    if (!ok) throw new Error(`Hive Gateway is not ready:\n${output}`);
  });
  return `${url}/graphql`;
}
