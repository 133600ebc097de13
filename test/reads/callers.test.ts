import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { startGateway } from '../support/gateway.ts';

const query350 = '{ host(id: "host-350") { ports(page: { limit: 1000 }) { totalCount nodes { port } } } }';

describe('what one caller read', () => {
  it('is never given to another token', async () => {
    const { query, simulator } = await startGateway({
      simulator: {
        strictTokens: [{ token: 'alice' }, { token: 'bob', enterpriseProjects: ['ep-finance'] }],
        latencyMs: 50,
      },
    });
    const one = '{ host(id: "host-40") { ports { totalCount } } }';
    const [alice, bob, eve] = await Promise.all(
      ['alice', 'bob', 'eve'].map((token) => query(one, {}, { 'x-auth-token': token })),
    );
    expect(alice?.data.host.ports).toEqual({ totalCount: 40 });
    expect(bob?.data.host.ports).not.toEqual({ totalCount: 40 });
    expect(eve?.data.host.ports).toBeNull();
    expect(eve?.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect(simulator.calls.map(({ headers }) => headers['x-auth-token']).toSorted()).toEqual(['alice', 'bob', 'eve']);
  });

  it('is forgotten with the operation: the same token asks anew', async () => {
    const { query, simulator } = await startGateway();
    await query(query350);
    await query(query350);
    expect(simulator.calls).toHaveLength(4);
  });

  it('is not shared between two of his operations under way', async () => {
    const { query, simulator } = await startGateway({ simulator: { latencyMs: 50 } });
    await Promise.all([query(query350), query(query350)]);
    expect(simulator.calls).toHaveLength(4);
  });
});

describe('a caller who hangs up', () => {
  /** Sends an operation and hands out the way to hang up on it. */
  function send(url: string, query: string): { hangUp: () => void } {
    const client = request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-auth-token': 'token' },
    });
    client.on('error', () => undefined);
    client.end(JSON.stringify({ query }));
    return { hangUp: () => client.destroy() };
  }

  it('ends his reads', async () => {
    const { url, simulator } = await startGateway();
    simulator.on({ answer: 'hang' });
    const { hangUp } = send(url, '{ hosts(ids: ["host-1", "host-40", "host-350"]) { ports { totalCount } } }');
    await expect.poll(() => simulator.calls).toHaveLength(3);
    expect(simulator.calls.map(({ aborted }) => aborted)).toEqual([false, false, false]);
    hangUp();
    await expect.poll(() => simulator.calls.map(({ aborted }) => aborted)).toEqual([true, true, true]);
  });

  it('ends them also where they still wait for a place, or for the total', async () => {
    const { url, simulator, query } = await startGateway({ env: { HSS_CONNECTIONS: '1' } });
    simulator.on({ when: ({ query: sent }) => sent.host_id === 'host-350', answer: 'hang' });
    const { hangUp } = send(
      url,
      `{ a: host(id: "host-350") { ports(page: { limit: 1000 }) { nodes { port } } }
         b: host(id: "host-350") { ports(page: { limit: 1000, offset: 2000 }) { nodes { port } } } }`,
    );
    await expect.poll(() => simulator.calls).toHaveLength(1);
    hangUp();
    await expect.poll(() => simulator.calls[0]?.aborted).toBe(true);
    // The one connection is free again, and nothing of the caller who left comes before the next one.
    const { data } = await query('{ host(id: "host-40") { ports { totalCount } } }');
    expect(data.host.ports).toEqual({ totalCount: 40 });
    expect(simulator.calls.map(({ query: sent }) => sent.host_id)).toEqual(['host-350', 'host-40']);
  });

  it('takes nothing from another one with the same operation', async () => {
    const { url, simulator, query } = await startGateway();
    simulator.on({ times: 1, answer: 'hang' });
    const { hangUp } = send(url, query350);
    await expect.poll(() => simulator.calls).toHaveLength(1);
    const other = query(query350);
    await expect.poll(() => simulator.calls.length).toBeGreaterThan(1);
    hangUp();
    expect((await other).data.host.ports.totalCount).toBe(350);
  });

  it('is no error in the log', async () => {
    const { url, simulator, log } = await startGateway();
    simulator.on({ answer: 'hang' });
    const { hangUp } = send(url, query350);
    await expect.poll(() => simulator.calls).toHaveLength(1);
    hangUp();
    await expect.poll(() => simulator.calls[0]?.aborted).toBe(true);
    expect(log.filter(({ level }) => Number(level) >= 40)).toEqual([]);
  });
});
