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
});
