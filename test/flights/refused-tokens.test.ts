import { describe, expect, it } from 'vitest';
import { gatewayError } from '../../src/simulator/error-replies.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { hostIds, portsOfHost, portsOfHosts } from '../support/operations.ts';
import { startCallers } from './callers.ts';

const readOf = (gateway: TestGateway, id: string, token = 'token') =>
  gateway.query(portsOfHost, { id }, { 'x-auth-token': token });
const codesOf = (errors: readonly { extensions: Record<string, unknown> }[] | undefined): unknown[] =>
  (errors ?? []).map(({ extensions }) => extensions.code);

describe('a token that HSS does not accept', () => {
  it('is not tried out: what an operation has not sent by the first answer is not sent, and fails alike', async () => {
    const gateway = await startGateway({ env: { HSS_CONNECTIONS: '4' }, simulator: { strictTokens: [] } });
    const { data, errors } = await gateway.query(portsOfHosts, { ids: hostIds(100) });
    expect(errors).toHaveLength(100);
    expect(new Set(errors!.map(({ extensions }) => JSON.stringify(extensions))).size).toBeLessThanOrEqual(4);
    expect(new Set(codesOf(errors))).toEqual(new Set(['UNAUTHENTICATED']));
    expect(data.hosts).toHaveLength(100);
    expect(gateway.simulator.calls.length).toBeLessThanOrEqual(4);
  });

  it('takes nothing from another token, and is tried anew by the next operation', async () => {
    const gateway = await startGateway({ simulator: { strictTokens: [{ token: 'good' }] } });
    for (const token of ['bad', 'good', 'bad']) {
      const { errors } = await readOf(gateway, 'h', token);
      expect(codesOf(errors)).toEqual(token === 'good' ? [] : ['UNAUTHENTICATED']);
    }
    expect(gateway.simulator.calls).toHaveLength(3);
  });

  it('lets who has joined an unsent read of that operation go on', async () => {
    const { hss, read, gateway } = await startCallers({ HSS_CONNECTIONS: '1' });
    const both = gateway.query(
      '{ a: host(id: "a") { ports { totalCount } } b: host(id: "b") { ports { totalCount } } }',
      {},
      {
        'x-auth-token': 't',
        'x-project-id': 'p',
      },
    );
    const first = await hss.arrived(0);
    // It waits for the only place, and so does what `read` waits for.
    const joiner = read('t', 'p', first.host === 'a' ? 'b' : 'a');
    await expect
      .poll(async () => (await gateway.fetch('/metrics')).text())
      .toMatch(/^hss_gateway_upstream_waiting [1-9]/m);
    first.answer({ status: 401 });
    expect(codesOf((await both).errors)).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED']);
    (await hss.arrived(1)).answer('true');
    expect(await (await joiner).outcome).toBe('t 2');
  });
});

describe('a token that HSS throttles, for longer than a call is tried again,', () => {
  const throttled = { ...gatewayError('APIGW.0308', 429), headers: { 'retry-after': '60' } };

  it('is told so at once in any operation, with the time that is left, and no call', async () => {
    const gateway = await startGateway();
    gateway.simulator.on({ answer: throttled });
    for (const id of ['h', 'h', 'i']) {
      const { errors } = await readOf(gateway, id);
      expect(codesOf(errors)).toEqual(['UPSTREAM_RATE_LIMITED']);
      const { retryAfterSeconds } = errors![0]!.extensions as { retryAfterSeconds: number };
      expect(retryAfterSeconds).toBeGreaterThan(30);
      expect(retryAfterSeconds).toBeLessThanOrEqual(60);
    }
    expect(gateway.simulator.calls).toHaveLength(1);
  });

  it('is not tried by what waits for a place meanwhile, in any operation', async () => {
    const gateway = await startGateway({ env: { HSS_CONNECTIONS: '1' } });
    gateway.simulator.on({ answer: { ...throttled, delayMs: 100 } });
    const answers = await Promise.all(['h', 'i', 'j', 'k'].map((id) => readOf(gateway, id)));
    for (const { errors } of answers) expect(codesOf(errors)).toEqual(['UPSTREAM_RATE_LIMITED']);
    expect(gateway.simulator.calls).toHaveLength(1);
  });

  it('is not tried by the chunks of a write that wait for a place', async () => {
    const gateway = await startGateway({ env: { HSS_CONNECTIONS: '1' } });
    gateway.simulator.on({ times: 1, answer: { delayMs: 0 } });
    gateway.simulator.on({ answer: throttled });
    const ports = Array.from({ length: 1_000 }, (_, port) => ({ agentId: 'a', port, protocol: 'TCP' }));
    const { data } = await gateway.query(
      'mutation ($ports: [OpenPortKeyInput!]) { setPortIgnore(input: { ignore: true, ports: $ports }) { acceptedCount rejectedCount } }',
      { ports },
    );
    expect(data.setPortIgnore).toEqual({ acceptedCount: 200, rejectedCount: 800 });
    expect(gateway.simulator.calls).toHaveLength(2);
  });

  it('takes nothing from another token, nor from another endpoint', async () => {
    const gateway = await startGateway();
    gateway.simulator.on({ times: 1, answer: throttled });
    expect(codesOf((await readOf(gateway, 'h')).errors)).toEqual(['UPSTREAM_RATE_LIMITED']);
    expect((await readOf(gateway, 'h', 'other')).errors).toBeUndefined();
    const { data } = await gateway.query(
      'mutation { setPortIgnore(input: { ignore: true, ports: [{ agentId: "a", port: 1, protocol: TCP }] }) { acceptedCount } }',
    );
    expect(data.setPortIgnore.acceptedCount).toBe(1);
    expect(gateway.simulator.calls).toHaveLength(3);
  });

  it('is not asked for 5 s where HSS names no time', async () => {
    const gateway = await startGateway();
    gateway.simulator.on({ answer: gatewayError('APIGW.0308', 429) });
    await readOf(gateway, 'h');
    expect(gateway.simulator.calls).toHaveLength(3);
    const { errors } = await readOf(gateway, 'h');
    expect(codesOf(errors)).toEqual(['UPSTREAM_RATE_LIMITED']);
    expect(errors![0]!.extensions.retryAfterSeconds).toBeLessThanOrEqual(5);
    expect(gateway.simulator.calls).toHaveLength(3);
  });
});
