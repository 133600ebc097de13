import { connect, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startHeldHss, type HeldHss } from '../flights/held-hss.ts';
import { eventually } from '../support/eventually.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

const body = JSON.stringify({ query: '{ host(id: "h") { ports { totalCount } } }' });
const busy = { message: 'The gateway is busy.', extensions: { code: 'UPSTREAM_UNAVAILABLE' } };

const post = (length: number): string =>
  [
    'POST /graphql HTTP/1.1',
    'Host: 127.0.0.1',
    'Accept: application/graphql-response+json',
    'Content-Type: application/json',
    'X-Auth-Token: t',
    `Content-Length: ${length}`,
    '\r\n',
  ].join('\r\n');
const request = post(body.length) + body;

function open({ url }: TestGateway): Socket {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  return socket;
}

async function start(): Promise<{ hss: HeldHss; gateway: TestGateway }> {
  const hss = await startHeldHss();
  const gateway = await startGateway({ env: { HSS_ENDPOINT: hss.origin } });
  return { hss, gateway };
}

const operations = ({ log }: TestGateway) => log.filter(({ msg }) => msg === 'operation');
const statuses = (answers: string): string[] =>
  [...answers.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status = '']) => status);

describe('requests that a client sends without waiting for responses', () => {
  it('are carried out by sixteen at a time, and all are answered', async () => {
    const { hss, gateway } = await start();
    const socket = open(gateway);
    let answers = '';
    socket.on('data', (chunk) => (answers += String(chunk)));

    socket.write(request.repeat(1_000));
    await hss.arrived(0);
    // Whoever asks after it is answered: the gateway has looked at all that came before.
    await gateway.query('{ host(id: "h") { id } }');
    expect(hss.calls).toHaveLength(1);
    hss.calls[0]?.answer('true');
    for (let index = 1; statuses(answers).length < 1_000; index++) {
      await eventually(() => expect(hss.calls.length > index || statuses(answers).length === 1_000).toBe(true));
      hss.calls[index]?.answer('true');
    }

    expect(new Set(statuses(answers))).toEqual(new Set(['200']));
    await eventually(() => expect(operations(gateway)).toHaveLength(1_001));
    expect(hss.calls.length).toBeGreaterThanOrEqual(1_000 / 16);
  });

  it('are not read any further while they wait', async () => {
    const { hss, gateway } = await start();
    const socket = open(gateway);
    const count = 60_000;

    socket.write(request.repeat(count));
    await hss.arrived(0);
    await gateway.query('{ host(id: "h") { id } }');
    // What is not read waits in the buffers of the system, and then at the client.
    expect(socket.writableLength).toBeGreaterThan(0);
  });

  it('have no more of their bodies read while they wait, wherever in them reading stops', async () => {
    const { hss, gateway } = await start();
    const socket = open(gateway);
    const length = 64 * 1024 * 1024;

    socket.write(request.repeat(17) + post(length));
    socket.write(' '.repeat(length));
    await hss.arrived(0);
    // It would take a fraction of this to read all.
    await setTimeout(1_000);
    expect(socket.writableLength).toBeGreaterThan(0);
  });

  it('are refused where four thousand operations are under way, and probes are answered', async () => {
    const { hss, gateway } = await start();
    const sockets = Array.from({ length: 250 }, () => open(gateway));
    for (const socket of sockets) socket.resume().write(request.repeat(16));
    await hss.arrived(0);
    await eventually(async () => {
      const response = await gateway.fetch('/graphql', {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-auth-token': 'another',
          accept: 'application/graphql-response+json',
        },
        body: '{"query":"{ host(id: \\"h\\") { id } }"}',
      });
      expect(response.status).toBe(503);
      expect(response.headers.get('retry-after')).toBe('1');
      expect(await response.json()).toEqual({
        errors: [{ ...busy, extensions: { ...busy.extensions, retryAfterSeconds: 1 } }],
      });
    });
    expect((await gateway.fetch('/health')).status).toBe(200);
    const metrics = await (await gateway.fetch('/metrics')).text();
    expect(metrics).toMatch(/^hss_gateway_operations_under_way 4000$/m);
    expect(metrics).toMatch(/^hss_gateway_upstream_failures_total\{reason="QUEUE_FULL"\} [1-9]/m);

    hss.calls[0]?.answer('true');
    await eventually(async () => expect((await gateway.query('{ host(id: "h") { id } }')).status).toBe(200));
  });
});

describe('bodies on their way', () => {
  const large = 1024 * 1024;
  /** All but its last byte. */
  const beginLarge = (socket: Socket): void => void socket.write(post(large) + ' '.repeat(large - 1));

  it('are bounded over all connections; usual ones still find room, and there is room again when clients leave', async () => {
    const gateway = await startGateway();
    const sockets = Array.from({ length: 30 }, () => open(gateway));
    const answers: string[] = [];
    for (const socket of sockets) {
      socket.on('data', (chunk) => answers.push(String(chunk)));
      beginLarge(socket);
    }

    await eventually(() => expect(answers.length).toBeGreaterThanOrEqual(6));
    expect(new Set(answers.flatMap(statuses))).toEqual(new Set(['503']));
    expect(answers[0]).toContain(JSON.stringify({ errors: [busy] }));
    expect((await gateway.query('{ host(id: "host-40") { ports { totalCount } } }')).errors).toBeUndefined();

    for (const socket of sockets) socket.destroy();
    const padded = `${body.slice(0, -1)},"variables":{}}`.padEnd(large, ' ');
    await eventually(async () => {
      const response = await fetch(gateway.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-auth-token': 't' },
        body: padded,
      });
      expect(response.status).toBe(200);
    });
    expect(gateway.simulator.calls).toHaveLength(2);
  });

  it('leave their room to others at once where they are refused, though their clients stay', async () => {
    const gateway = await startGateway();
    const sockets = Array.from({ length: 60 }, () => open(gateway));
    const answers: string[] = [];
    const padded = body.padEnd(large, ' ');
    const begun = Math.floor(0.37 * large);
    for (const socket of sockets) {
      socket.on('data', (chunk) => answers.push(String(chunk)));
      socket.write(post(large) + padded.slice(0, begun));
    }
    await setTimeout(500);
    for (const socket of sockets) socket.write(padded.slice(begun));

    await eventually(() => expect(answers.flatMap(statuses)).toHaveLength(sockets.length));
    expect(answers.flatMap(statuses).filter((status) => status === '200').length).toBeGreaterThan(10);
  });
});
