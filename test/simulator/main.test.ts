import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import ts from 'typescript';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sendTo } from './talk.ts';

const source = new URL('../../src/simulator/', import.meta.url);

/** The simulator as JavaScript, as the build makes it; only Node's own modules are within its reach. */
function compile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'simulator-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  for (const name of readdirSync(source)) {
    const { outputText } = ts.transpileModule(readFileSync(new URL(name, source), 'utf8'), {
      fileName: name,
      compilerOptions: {
        module: ts.ModuleKind.ESNext,
        target: ts.ScriptTarget.ES2023,
        rewriteRelativeImportExtensions: true,
        verbatimModuleSyntax: true,
      },
    });
    writeFileSync(join(folder, name.replace(/\.ts$/, '.js')), outputText);
  }
  return join(folder, 'main.js');
}

describe('the stand-alone simulator', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('prints its origin, answers, and ends well on %s', async (signal) => {
    const child = spawn(process.execPath, [compile(), '--port', '0', '--strict'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const origin = line.toString().trim();
    const path = '/v5/p/asset/ports?host_id=host-1';

    expect(origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await sendTo(origin, { path, headers: { 'x-auth-token': 'demo-token' } })).toMatchObject({ status: 200 });
    expect(await sendTo(origin, { path, headers: { 'x-auth-token': 'other' } })).toMatchObject({ status: 401 });

    child.kill(signal);
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('says what is wrong with its command line and exits with 1', async () => {
    const child = spawn(process.execPath, [compile(), '--latency-ms=soon'], { stdio: ['ignore', 'ignore', 'pipe'] });
    const said = once(child.stderr, 'data');

    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(String(await said)).toBe('--latency-ms is a whole number\n');
  });

  it('says that its port is taken, without a stack, and exits with 1', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const child = spawn(process.execPath, [compile(), '--port', String(port)], { stdio: ['ignore', 'ignore', 'pipe'] });
    const said = text(child.stderr);

    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(await said).toBe(`listen EADDRINUSE: address already in use 127.0.0.1:${port}\n`);
  });
});
