import { closeSync, existsSync, openSync } from 'node:fs';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createSimulator, type Simulator } from '../../src/simulator/simulator.ts';
import { builtGateway } from '../support/build.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/free-port.ts';
import { ask, spawnGateway, type GatewayProcess } from '../support/gateway-process.ts';

beforeAll(() => builtGateway(), 180_000);

const ports = '{ host(id: "h") { ports { totalCount } } }';

describe('a gateway that is told to end', () => {
  it('is not ready at once, finishes what is under way, serves what still comes, and exits with 0', async () => {
    const { gateway, url, simulator } = await startWithSlowHss();
    const underWay = ask(url, ports);
    await eventually(() => expect(simulator.calls).toHaveLength(1));
    gateway.kill('SIGTERM');
    const ready = await eventually(async () => {
      const response = await fetch(new URL('/ready', url));
      expect(response.status).toBe(503);
      return response;
    });
    const late = ask(url, ports);
    expect(await ready.json()).toMatchObject({ status: 'draining' });
    expect(ready.headers.get('connection')).toBe('close');
    expect((await fetch(new URL('/health', url))).status).toBe(200);
    for (const response of [await underWay, await late]) {
      expect(response.headers.get('connection')).toBe('close');
      expect(await response.json()).toMatchObject({ data: { host: { ports: { totalCount: 0 } } } });
    }
    expect(await gateway.exited).toEqual({ code: 0, signal: null });
    expect(gateway.log().map(({ msg }) => msg)).toEqual(['listening', 'draining', 'operation', 'operation', 'ended']);
    await expect(fetch(url)).rejects.toThrow();
  });

  it('finishes a write whose client has left', async () => {
    const { gateway, url, simulator } = await startWithSlowHss();
    const leaving = new AbortController();
    const write = `mutation { setPortIgnore(input: { ignore: true, ports: [{ agentId: "a", port: 1, protocol: TCP }] }) { acceptedCount } }`;
    const underWay = ask(url, write, {}, leaving.signal).catch(() => null);
    await eventually(() => expect(simulator.calls).toHaveLength(1));
    leaving.abort();
    await underWay;
    gateway.kill('SIGTERM');
    expect(await gateway.exited).toEqual({ code: 0, signal: null });
    expect(gateway.log().find(({ msg }) => msg === 'audit')).toMatchObject({ accepted: 1, unknown: 0 });
  });

  it('does not wait for connections that are kept alive', async () => {
    const { gateway, url } = await startWithSlowHss();
    const agent = new Agent({ keepAlive: true });
    onTestFinished(() => agent.destroy());
    await new Promise((resolve, reject) => {
      request(new URL('/health', url), { agent }, (response) => void text(response).then(resolve))
        .on('error', reject)
        .end();
    });
    gateway.kill('SIGTERM');
    expect(await gateway.exited).toEqual({ code: 0, signal: null });
  });

  it('does not wait for connections that have asked for nothing', async () => {
    // As long as the operations' own time, it would wait for them.
    const { gateway, url } = await startWithSlowHss(0, { OPERATION_TIMEOUT_MS: '100000' });
    const silent = connect(Number(new URL(url).port), '127.0.0.1');
    await once(silent, 'connect');
    const closed = once(silent, 'close');
    gateway.kill('SIGTERM');
    expect(await gateway.exited).toEqual({ code: 0, signal: null });
    expect(gateway.log().at(-1)).toMatchObject({ msg: 'ended' });
    await closed;
  });

  it('ends at once when told a second time', async () => {
    const { gateway, url, simulator } = await startWithSlowHss(60_000);
    const underWay = ask(url, ports).catch(() => null);
    await eventually(() => expect(simulator.calls).toHaveLength(1));
    gateway.kill('SIGTERM');
    await eventually(() => expect(gateway.log().at(-1)).toMatchObject({ msg: 'draining' }));
    gateway.kill('SIGTERM');
    expect(await gateway.exited).toEqual({ code: 1, signal: null });
    expect(await underWay).toBeNull();
  });

  it('gives up what is under way when its grace is over', async () => {
    const { gateway, url } = await startWithSlowHss(0, { OPERATION_TIMEOUT_MS: '1' });
    // Its body never comes; the gateway would wait for a minute.
    const unfinished = connect(Number(new URL(url).port), '127.0.0.1');
    unfinished.on('error', () => undefined);
    unfinished.write(
      'POST /graphql HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
    );
    await (await fetch(new URL('/health', url))).text();
    gateway.kill('SIGINT');
    expect(await gateway.exited).toEqual({ code: 0, signal: null });
    expect(gateway.log().at(-1)).toMatchObject({ level: 'warn', msg: expect.stringContaining('grace') as string });
  });

  it('waits for nobody longer than its grace', async () => {
    const { gateway, url } = await startWithSlowHss(0, { OPERATION_TIMEOUT_MS: '100' });
    // Its request never ends, and would have a minute to.
    const slow = connect(Number(new URL(url).port), '127.0.0.1').on('error', () => undefined);
    slow.write(
      'POST /graphql HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
    );
    await once(slow, 'connect');
    await fetch(new URL('/health', url));
    gateway.kill('SIGINT');
    expect(await gateway.exited).toEqual({ code: 0, signal: null });
    expect(gateway.log().at(-1)).toMatchObject({
      level: 'warn',
      msg: expect.stringContaining('the grace period is over'),
    });
  });

  it('finishes what is under way at SIGINT as well', async () => {
    const { gateway, url, simulator } = await startWithSlowHss();
    const underWay = ask(url, ports);
    await eventually(() => expect(simulator.calls).toHaveLength(1));
    gateway.kill('SIGINT');
    expect(await (await underWay).json()).toMatchObject({ data: { host: { ports: { totalCount: 0 } } } });
    expect(await gateway.exited).toEqual({ code: 0, signal: null });
  });
});

describe('the log of a gateway that ends', () => {
  it('is whole and in order, however slowly it is read', async () => {
    const { gateway, url } = await startWithSlowHss();
    gateway.readOutput(false);
    // More lines than a pipe holds.
    const operations = 400;
    for (let index = 0; index < operations; index++) await (await ask(url, `query Q${index} { __typename }`)).text();
    gateway.kill('SIGINT');
    await eventually(() => expect(fetch(new URL('/health', url))).rejects.toThrow());
    gateway.readOutput(true);
    expect(await gateway.exited).toEqual({ code: 0, signal: null });
    expect(gateway.log().map(({ msg, operation }) => operation ?? msg)).toEqual([
      'listening',
      ...Array.from({ length: operations }, (_, index) => `Q${index}`),
      'draining',
      'ended',
    ]);
  });
});

describe('the log of a gateway whose reader stands still', () => {
  it('loses what is beyond its bound, counts it, and says so when it is read again', async () => {
    const { gateway, url } = await startWithSlowHss(0);
    gateway.readOutput(false);
    // The audit tells of each target, some 150 bytes: 18 MB in all.
    const body = JSON.stringify({
      query:
        'mutation ($ports: [OpenPortKeyInput!]) { setPortIgnore(input: { ignore: true, ports: $ports }) { acceptedCount } }',
      variables: {
        ports: Array.from({ length: 2_000 }, (_, port) => ({ agentId: 'a'.repeat(64), port, protocol: 'TCP' })),
      },
    });
    const lost = async (): Promise<number> => {
      const text = await (await fetch(new URL('/metrics', url))).text();
      return Number(/^hss_gateway_log_lines_lost_total (\d+)$/m.exec(text)?.[1]);
    };
    expect(await lost()).toBe(0);
    const headers = { 'content-type': 'application/json', 'x-auth-token': 'token' };
    while ((await lost()) === 0) expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(200);
    gateway.readOutput(true);
    const told = await eventually(() => {
      const lines = gateway.log().filter(({ msg }) => msg === 'lines were lost');
      expect(lines).toMatchObject([{ level: 'error', lines: expect.any(Number) }]);
      return lines[0]!.lines;
    });
    expect(told).toBe(await lost());
  }, 120_000);
});

describe.skipIf(!existsSync('/dev/full'))('a gateway whose log has no room', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('serves all the same, and exits with 0 at %s', async (signal) => {
    const full = openSync('/dev/full', 'w');
    onTestFinished(() => closeSync(full));
    const port = await freePort();
    const gateway = await spawnGateway({ PORT: String(port) }, full);
    const url = `http://127.0.0.1:${port}/graphql`;
    await eventually(async () => expect((await ask(url, ports)).status).toBe(200));
    expect(await (await ask(url, ports)).json()).toMatchObject({ data: { host: { ports: { totalCount: 0 } } } });
    gateway.kill(signal);
    expect(await gateway.exited).toEqual({ code: 0, signal: null });
    expect(gateway.stderr()).toBe('');
  });
});

/** `latencyMs`: longer than the gateway takes to say that it ends, shorter than its grace. */
async function startWithSlowHss(
  latencyMs = 3_000,
  env: Readonly<Record<string, string>> = {},
): Promise<{ gateway: GatewayProcess; url: string; simulator: Simulator }> {
  const simulator = createSimulator({ latencyMs });
  const HSS_ENDPOINT = await simulator.listen();
  onTestFinished(() => simulator.close());
  const gateway = await spawnGateway({ HSS_ENDPOINT, HSS_PROJECT_ID: 'project', ...env });
  return { gateway, url: await gateway.url(), simulator };
}
