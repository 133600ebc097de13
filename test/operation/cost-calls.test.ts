import { describe, expect, it } from 'vitest';
import { toListKey } from '../../src/hss/list-key.ts';
import { listPortsEndpoint } from '../../src/hss/list-ports.ts';
import type { Endpoint } from '../../src/hss/transport/endpoint.ts';
import { beginRecord, createOperationCost, endRecord } from '../../src/hss/transport/operation.ts';
import { toShownCalls } from '../../src/operation/shown-calls.ts';
import { gatewayError } from '../../src/simulator/error-replies.ts';
import { toAgentId } from '../../src/simulator/hosts.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

interface ShownCall {
  readonly host: string | null;
  readonly offset: number | null;
  readonly startMs: number;
  readonly durationMs: number;
  readonly [name: string]: unknown;
}

async function callsOf({ query }: TestGateway, operation: string, variables = {}): Promise<readonly ShownCall[]> {
  const { extensions } = await query(operation, variables);
  return (extensions?.cost as { calls: ShownCall[] }).calls;
}

/** What the tests ask for of a host. */
const pages = (id: string, ...fields: string[]): string => `{ host(id: "${id}") { ${fields.join(' ')} } }`;

describe('extensions.cost.calls', () => {
  it('shows that three pages were one call', async () => {
    const calls = await callsOf(
      await startGateway(),
      pages(
        'host-350',
        'a: ports { nodes { port } }',
        'b: ports(page: { offset: 10 }) { nodes { port } }',
        'c: ports { totalCount }',
      ),
    );

    expect(calls).toEqual([
      {
        type: 'read',
        host: 'host-350',
        filters: { category: 'host' },
        offset: 0,
        limit: 20,
        startMs: expect.any(Number),
        durationMs: expect.any(Number),
        status: 200,
        tries: 1,
        rows: 20,
        windows: 3,
        shared: false,
      },
    ]);
    expect(calls[0]!.startMs).toBeGreaterThanOrEqual(0);
    expect(calls[0]!.durationMs).toBeGreaterThan(0);
  });

  it('shows filters as HSS got them, and each list by itself', async () => {
    const calls = await callsOf(
      await startGateway(),
      pages(
        'risky-host',
        'a: ports(filter: { status: UNKNOWN, protocol: UDP }) { nodes { port } }',
        'b: ports { nodes { port } }',
      ),
    );

    expect(calls.map(({ filters, windows }) => [filters, windows])).toEqual([
      [{ category: 'host', type: 'UDP', status: 'unknow' }, 1],
      [{ category: 'host' }, 1],
    ]);
  });

  it('counts a long page at each of its calls, and a whole list at all of them', async () => {
    const gateway = await startGateway();

    const long = await callsOf(
      gateway,
      pages(
        'host-350',
        'ports(page: { limit: 350 }) { nodes { port } }',
        'b: ports(page: { offset: 300 }) { nodes { port } }',
      ),
    );
    const whole = await callsOf(
      gateway,
      pages('host-350', 'ports(orderBy: { field: PID }, page: { offset: 340 }) { nodes { port } }'),
    );

    expect(long.map(({ offset, windows }) => [offset, windows])).toEqual([
      [0, 1],
      [200, 2],
    ]);
    expect(whole.map(({ windows }) => windows)).toEqual(whole.map(() => 1));
    expect(whole.length).toBeGreaterThan(1);
  });

  it('tells of tries and of what failed', async () => {
    const gateway = await startGateway();
    gateway.simulator.on({
      when: ({ query }) => query.host_id === 'host-1',
      answer: { status: 503, body: '' },
      times: 1,
    });
    gateway.simulator.on({ when: ({ query }) => query.host_id === 'host-40', answer: gatewayError('APIGW.0302', 403) });

    const calls = await callsOf(gateway, '{ hosts(ids: ["host-1", "host-40"]) { ports { totalCount } } }');

    expect(calls).toMatchObject([
      { host: 'host-1', status: 200, tries: 2, rows: 1 },
      { host: 'host-40', status: 403, tries: 1, rows: null },
    ]);
  });

  it('shows a write and the read after it in their order', async () => {
    const ports = [{ agentId: toAgentId('host-1'), port: 1024, protocol: 'TCP', hostId: 'host-1' }];

    const calls = await callsOf(
      await startGateway(),
      'mutation ($ports: [OpenPortKeyInput!]) { setPortIgnore(input: { ignore: true, ports: $ports }) { hosts { ports { totalCount } } } }',
      { ports },
    );

    expect(calls).toMatchObject([
      { type: 'write', host: null, offset: null, rows: null, windows: null },
      { type: 'read', host: 'host-1', offset: 0, windows: 1 },
    ]);
  });

  it('tells whose call it was where two operations share one', async () => {
    const gateway = await startGateway({ simulator: { latencyMs: 300 } });
    const operation = pages('host-40', 'ports { totalCount }');

    const both = await Promise.all([callsOf(gateway, operation), callsOf(gateway, operation)]);

    expect(gateway.simulator.calls).toHaveLength(1);
    expect(both.map(([call]) => call!.shared).toSorted()).toEqual([false, true]);
  });

  it('has no token and no address in it', async () => {
    const gateway = await startGateway();

    const calls = JSON.stringify(await callsOf(gateway, pages('host-40', 'ports { totalCount }')));

    expect(calls).not.toMatch(/token|project|127\.0\.0\.1|\/v5/);
  });

  it('ends with the hundredth', async () => {
    const ids = Array.from({ length: 120 }, (_, index) => `host-${index}x`);
    const gateway = await startGateway({ env: { MAX_UPSTREAM_READS: '200' } });

    const calls = await callsOf(gateway, 'query ($ids: [ID!]!) { hosts(ids: $ids) { ports { totalCount } } }', { ids });

    expect(gateway.simulator.calls).toHaveLength(120);
    expect(calls).toHaveLength(100);
  });

  it('is not there where GraphiQL is off', async () => {
    const { query } = await startGateway({ env: { GRAPHIQL: 'false' } });

    const { extensions } = await query(pages('host-40', 'ports { totalCount }'));

    expect(extensions).toBeUndefined();
  });
});

describe('a call of an endpoint that is new', () => {
  const another: Endpoint = { ...listPortsEndpoint, name: 'ListProcesses' as string as Endpoint['name'] };

  it('is a read by its method, and needed by the pages of its own lists alone', () => {
    const cost = createOperationCost(1, true);
    const query = 'host_id=a&limit=10&offset=0';
    for (const endpoint of [listPortsEndpoint, another]) {
      cost.pages!.push({ list: toListKey(endpoint, query), rows: { offset: 0, limit: 10 } });
      endRecord(cost, beginRecord(endpoint, `/?${query}`));
    }
    endRecord(cost, beginRecord(another, '/?limit=10&offset=0'));

    expect(toShownCalls(cost, 0)).toMatchObject([
      { type: 'read', host: 'a', windows: 1 },
      { type: 'read', host: 'a', windows: 1 },
      { type: 'read', host: null, windows: 0 },
    ]);
  });
});
