import { describe, expect, it } from 'vitest';
import { startStuckServer } from '../support/fault-server.ts';
import { startGateway } from '../support/gateway.ts';
import { hostIds, portsOfHost, portsOfHosts } from '../support/operations.ts';

describe('HSS_TIMEOUT_MS', () => {
  it.each([
    ['never answers', 'hang' as const],
    ['answers byte by byte', { trickleMs: 200 }],
    ['answers late', { delayMs: 5_000 }],
  ])('ends a call that HSS %s, and closes its connection', async (_what, answer) => {
    const { query, simulator } = await startGateway({ env: { HSS_TIMEOUT_MS: '1000' } });
    simulator.on({ answer });
    const { status, data, errors } = await query(portsOfHost);
    expect(status).toBe(200);
    expect(data.host.ports).toBeNull();
    expect(errors![0]!.extensions).toEqual({ code: 'UPSTREAM_TIMEOUT' });
    await expect.poll(() => simulator.calls[0]!.aborted).toBe(true);
  });

  it('does not count the time that a call waits for its place', async () => {
    const env = { HSS_TIMEOUT_MS: '2500', HSS_CONNECTIONS: '2' };
    const { query, simulator } = await startGateway({ env, simulator: { latencyMs: 500 } });
    // The last of ten waits for longer than a call may take.
    const { errors } = await query(portsOfHosts, { ids: hostIds(10) });
    expect(errors).toBeUndefined();
    expect(simulator.calls).toHaveLength(10);
    expect(simulator.calls.at(-1)!.at - simulator.calls[0]!.at).toBeGreaterThan(2_500);
  });
});

describe('OPERATION_TIMEOUT_MS', () => {
  it('ends whatever is under way, and keeps what was answered before', async () => {
    const { query, simulator } = await startGateway({ env: { OPERATION_TIMEOUT_MS: '2500' } });
    simulator.on({ when: ({ query: asked }) => asked.host_id === 'slow', answer: 'hang' });
    const { data, errors } = await query(portsOfHosts, { ids: ['h', 'slow'] });
    expect(data.hosts).toEqual([
      { id: 'h', ports: { totalCount: 0 } },
      { id: 'slow', ports: null },
    ]);
    expect(errors!.map(({ path, extensions }) => ({ path, extensions }))).toEqual([
      { path: ['hosts', 1, 'ports'], extensions: { code: 'UPSTREAM_TIMEOUT' } },
    ]);
  });

  it('ends calls that wait for a place, which never reach HSS', async () => {
    const { query, simulator } = await startGateway({ env: { OPERATION_TIMEOUT_MS: '2000', HSS_CONNECTIONS: '1' } });
    simulator.on({ answer: 'hang' });
    const { errors } = await query(portsOfHosts, { ids: ['a', 'b', 'c'] });
    expect(errors!.map(({ extensions }) => extensions.code)).toEqual(Array<string>(3).fill('UPSTREAM_TIMEOUT'));
    expect(simulator.calls).toHaveLength(1);
  });

  it('cuts retries short', async () => {
    const env = { OPERATION_TIMEOUT_MS: '2500', HSS_TIMEOUT_MS: '10000' };
    const { query, simulator } = await startGateway({ env });
    simulator.on({ answer: 'reset', times: 1 });
    simulator.on({ answer: 'hang' });
    const { errors } = await query(portsOfHost);
    expect(errors![0]!.extensions.code).toBe('UPSTREAM_TIMEOUT');
    expect(simulator.calls).toHaveLength(2);
  });
});

describe('a connection that is never made', () => {
  it('ends by HSS_TIMEOUT_MS, and is tried again within the deadline', async () => {
    const env = { HSS_ENDPOINT: await startStuckServer(), HSS_TIMEOUT_MS: '300', OPERATION_TIMEOUT_MS: '10000' };
    const { query, log } = await startGateway({ env });
    const { errors } = await query(portsOfHost);
    expect(errors![0]!.extensions).toEqual({ code: 'UPSTREAM_TIMEOUT' });
    expect(log.find(({ msg }) => msg === 'operation')).toMatchObject({ reads: 3, retries: 2 });
  });

  it('leaves a write unsent', async () => {
    const env = { HSS_ENDPOINT: await startStuckServer(), HSS_TIMEOUT_MS: '300', OPERATION_TIMEOUT_MS: '10000' };
    const { query } = await startGateway({ env });
    const { data } = await query(
      `mutation { setPortIgnore(input: { ignore: true, ports: [{ agentId: "a", port: 1, protocol: TCP }] }) {
        results { outcome error { code } }
      } }`,
    );
    expect(data.setPortIgnore.results).toEqual([{ outcome: 'REJECTED', error: { code: 'UPSTREAM_UNAVAILABLE' } }]);
  });
});
