import { describe, expect, it } from 'vitest';
import { startGateway, type TestGateway } from '../support/gateway.ts';

interface Cost {
  readonly reads: number;
  readonly writes: number;
  readonly retries: number;
  readonly rows: number;
  readonly windows: number;
  readonly mergedWindows: number;
  readonly upstreamMilliseconds: number;
}

async function costOf({ query, simulator }: TestGateway, operation: string): Promise<Cost> {
  simulator.clearCalls();
  const { extensions } = await query(operation);
  const cost = extensions?.cost as Cost;
  expect(cost.reads + cost.writes).toBe(simulator.calls.length);
  return cost;
}

describe('extensions.cost', () => {
  it.each([
    [
      'one page',
      '{ host(id: "host-40") { ports { totalCount } } }',
      { reads: 1, rows: 10, windows: 1, mergedWindows: 0 },
    ],
    ['nothing', '{ host(id: "host-40") { id } }', { reads: 0, rows: 0, windows: 0, mergedWindows: 0 }],
    [
      'three pages that share a read',
      '{ host(id: "host-40") { a: ports { totalCount } b: ports(page: { offset: 10 }) { nodes { port } } c: ports(page: { offset: 20 }) { nodes { port } } } }',
      { reads: 1, rows: 20, windows: 3, mergedWindows: 2 },
    ],
    [
      'equal pages',
      '{ a: host(id: "host-40") { ports { nodes { port } } } b: host(id: "host-40") { ports { nodes { port } } } }',
      { reads: 1, rows: 10, windows: 2, mergedWindows: 1 },
    ],
    [
      'pages too far apart to share',
      '{ host(id: "host-350") { a: ports { nodes { port } } b: ports(page: { offset: 300 }) { nodes { port } } } }',
      { reads: 2, rows: 20, windows: 2, mergedWindows: 0 },
    ],
    [
      'a long page, and one within it',
      '{ host(id: "host-350") { a: ports(page: { limit: 1000 }) { nodes { port } } b: ports(page: { offset: 120 }) { nodes { port } } } }',
      { reads: 2, rows: 350, windows: 2, mergedWindows: 1 },
    ],
    [
      'a list below each of its rows',
      '{ host(id: "host-350") { ports { nodes { host { ports(page: { limit: 1000 }) { nodes { port } } } } } } }',
      { reads: 3, rows: 350, windows: 11, mergedWindows: 9 },
    ],
    [
      'two hosts',
      '{ hosts(ids: ["host-1", "host-40", "host-1"]) { ports { nodes { port } } } }',
      { reads: 2, rows: 11, windows: 3, mergedWindows: 1 },
    ],
  ])('tells the truth of %s', async (_name, operation, truth) => {
    const gateway = await startGateway({ env: { GRAPHIQL: 'true' } });
    expect(await costOf(gateway, operation)).toMatchObject({ ...truth, writes: 0, retries: 0 });
  });

  it('counts writes and the reads after them', async () => {
    const gateway = await startGateway({ env: { GRAPHIQL: 'true' } });
    const cost = await costOf(
      gateway,
      `mutation { setPortIgnore(input: { ignore: true, ports: [{ agentId: "a", port: 1, protocol: TCP, hostId: "host-40" }] }) {
        results { host { ports { totalCount } } }
      } }`,
    );
    expect(cost).toMatchObject({ reads: 1, writes: 1, retries: 0, windows: 1, mergedWindows: 0 });
  });

  it('counts retries, and the time that HSS took', async () => {
    const gateway = await startGateway({ env: { GRAPHIQL: 'true' }, simulator: { latencyMs: 60 } });
    gateway.simulator.on({ times: 1, answer: { status: 503 } });
    const cost = await costOf(gateway, '{ host(id: "host-40") { ports { totalCount } } }');
    expect(cost).toMatchObject({ reads: 2, retries: 1, rows: 10, windows: 1, mergedWindows: 0 });
    expect(cost.upstreamMilliseconds).toBeGreaterThanOrEqual(60);
  });

  it('is off where GraphiQL is off', async () => {
    const { query } = await startGateway({ env: { GRAPHIQL: 'false' } });
    const { data, extensions } = await query('{ host(id: "host-40") { ports { totalCount } } }');
    expect(data.host.ports.totalCount).toBe(40);
    expect(extensions).toBeUndefined();
  });

  it('is left out of a refused operation', async () => {
    const { query } = await startGateway({ env: { GRAPHIQL: 'true', MAX_UPSTREAM_READS: '1' } });
    const { extensions, errors } = await query('{ hosts(ids: ["a", "b"]) { ports { totalCount } } }');
    expect(errors?.[0]?.extensions.code).toBe('COST_LIMIT_EXCEEDED');
    expect(extensions).toBeUndefined();
  });
});
