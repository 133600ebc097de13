import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createSimulator } from '../../src/simulator/simulator.ts';
import { builtGateway } from '../support/build.ts';
import { eventually } from '../support/eventually.ts';
import { ask, spawnGateway } from '../support/gateway-process.ts';

beforeAll(() => builtGateway(), 180_000);

const portsOf = (host: string): string => `{ host(id: "${host}") { ports { totalCount } } }`;
const newToken = (): string => randomBytes(20).toString('hex');

/** Sends an operation over a connection that stays open, and resolves when the response has come. */
async function askAndStay(url: string, query: string, token: string): Promise<void> {
  const { port } = new URL(url);
  const body = JSON.stringify({ query });
  const socket = connect(Number(port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  let answer = '';
  socket.on('data', (chunk) => (answer += String(chunk)));
  socket.write(
    [
      'POST /graphql HTTP/1.1',
      'Host: localhost',
      'Content-Type: application/json',
      `Content-Length: ${body.length}`,
      `X-Auth-Token: ${token}`,
      `\r\n${body}`,
    ].join('\r\n'),
  );
  await eventually(() => expect(answer).toMatch(/^HTTP\/1.1 200 [^]*"totalCount"/));
  expect(answer).toMatch(/^connection: keep-alive/im);
}

describe('a token', () => {
  it('is in memory no longer than its operation, though its connection is kept', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'heap-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const simulator = createSimulator();
    onTestFinished(() => simulator.close());
    const gateway = await spawnGateway({
      HSS_ENDPOINT: await simulator.listen(),
      HSS_PROJECT_ID: 'project',
      HSS_TIMEOUT_MS: '300000',
      OPERATION_TIMEOUT_MS: '300000',
      NODE_OPTIONS: `--heapsnapshot-signal=SIGUSR2 --diagnostic-dir=${folder}`,
    });
    const url = await gateway.url();
    const [ended, held] = [newToken(), newToken()];
    simulator.on({ when: ({ headers }) => headers['x-auth-token'] === held, answer: 'hang' });

    await askAndStay(url, portsOf('host-1'), ended);
    const left = new AbortController();
    const asked = ask(url, portsOf('host-1'), { 'x-auth-token': held }, left.signal).catch(() => null);
    await eventually(() => expect(simulator.calls).toHaveLength(2));
    // Writing it collects all garbage first.
    gateway.kill('SIGUSR2');
    const snapshot = await eventually(() => {
      const [file] = readdirSync(folder);
      const text = readFileSync(join(folder, String(file)), 'latin1');
      expect(text.slice(-4)).toMatch(/\]\}\s*$/);
      return text;
    });
    left.abort();
    await asked;

    // That of an operation under way is found, so that the other would be.
    expect([snapshot.includes(held), snapshot.includes(ended)]).toEqual([true, false]);
  });
});
