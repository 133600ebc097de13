import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asked } from '../reads/asked.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

const document = `query ($id: ID!, $first: Int, $after: String, $orderBy: [OpenPortOrderInput!], $filter: OpenPortFilterInput) {
  host(id: $id) {
    portsConnection(first: $first, after: $after, orderBy: $orderBy, filter: $filter) {
      totalCount
      nodes { port }
      edges { cursor node { port } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
}`;

interface Connection {
  readonly totalCount: number;
  readonly nodes: readonly { port: number }[];
  readonly edges: readonly { cursor: string; node: { port: number } }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

async function connection(gateway: TestGateway, variables: object): Promise<Connection> {
  const { data, errors } = await gateway.query(document, variables);
  expect(errors).toBeUndefined();
  return data.host.portsConnection as Connection;
}

const portsFrom = (first: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => first + index);

describe('a connection', () => {
  it('has ten rows where nothing is said', async () => {
    const gateway = await startGateway();
    const { data } = await gateway.query('{ host(id: "host-40") { portsConnection { nodes { port } } } }');
    expect(data.host.portsConnection.nodes.map(({ port }: { port: number }) => port)).toEqual(portsFrom(1_024, 10));
    expect(asked(gateway.simulator)).toEqual(['host-40 0+10']);
  });

  it('goes on after its last cursor, to the end', async () => {
    const gateway = await startGateway();
    const first = await connection(gateway, { id: 'host-40', first: 15 });
    expect(first.totalCount).toBe(40);
    expect(first.edges.map(({ node }) => node)).toEqual(first.nodes);
    expect(new Set(first.edges.map(({ cursor }) => cursor)).size).toBe(15);
    expect(first.pageInfo).toEqual({
      hasNextPage: true,
      hasPreviousPage: false,
      startCursor: first.edges[0]!.cursor,
      endCursor: first.edges[14]!.cursor,
    });

    const middle = await connection(gateway, { id: 'host-40', first: 15, after: first.pageInfo.endCursor });
    expect(middle.nodes.map(({ port }) => port)).toEqual(portsFrom(1_039, 15));
    expect(middle.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });

    const last = await connection(gateway, { id: 'host-40', first: 15, after: middle.pageInfo.endCursor });
    expect(last.nodes.map(({ port }) => port)).toEqual(portsFrom(1_054, 10));
    expect(last.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });

    const beyond = await connection(gateway, { id: 'host-40', first: 15, after: last.pageInfo.endCursor });
    expect(beyond).toEqual({
      ...{ totalCount: 40, nodes: [], edges: [] },
      pageInfo: { hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: null },
    });
  });

  it('goes on after any cursor', async () => {
    const gateway = await startGateway();
    const { edges } = await connection(gateway, { id: 'host-40', first: 5 });
    const { nodes } = await connection(gateway, { id: 'host-40', first: 3, after: edges[1]!.cursor });
    expect(nodes.map(({ port }) => port)).toEqual([1_026, 1_027, 1_028]);
  });

  it('goes on after any cursor beside rows of another host, and shows none twice', async () => {
    const gateway = await startGateway();
    const row = { agent_id: 'a', type: 'TCP', laddr: '::', pid: 7, path: '/usr/bin/a', status: 'normal' };
    const rows = Array.from({ length: 30 }, (_, port) => ({
      ...row,
      port,
      host_id: port % 3 === 1 ? 'another' : 'mixed',
    }));
    gateway.simulator.addHost({ hostId: 'mixed', rows });
    const shown = rows.filter(({ host_id }) => host_id === 'mixed').map(({ port }) => port);
    for (const size of [10, 30]) {
      const { edges, pageInfo } = await connection(gateway, { id: 'mixed', first: size });
      expect(pageInfo).toMatchObject({ startCursor: edges[0]!.cursor, endCursor: edges.at(-1)!.cursor });
      for (const { cursor, node } of edges) {
        const next = await connection(gateway, { id: 'mixed', first: 30, after: cursor });
        expect(next.nodes.map(({ port }) => port)).toEqual(shown.filter((port) => port > node.port));
      }
    }
  });

  it('begins with the cursor of its first edge, also where that is its last and rows of another host follow', async () => {
    const gateway = await startGateway();
    const rows = ['mixed', 'another', 'mixed'].map((host_id, port) => ({ host_id, port, pid: port }));
    gateway.simulator.addHost({ hostId: 'mixed', rows });
    const { edges, pageInfo } = await connection(gateway, { id: 'mixed', first: 2 });
    expect(edges).toHaveLength(1);
    expect(pageInfo).toMatchObject({ startCursor: edges[0]!.cursor, endCursor: edges[0]!.cursor });
  });

  it('of an empty list has nothing before or after', async () => {
    const gateway = await startGateway();
    expect(await connection(gateway, { id: 'host-0' })).toEqual({
      ...{ totalCount: 0, nodes: [], edges: [] },
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    });
  });

  it('shows each row of an ordered and filtered list once, whatever the sizes', async () => {
    const gateway = await startGateway();
    const orderBy = [{ field: 'LISTEN_ADDRESS' }, { field: 'PORT', direction: 'DESC' }];
    const filter = { protocols: ['TCP', 'UDP6'], executablePathContains: 'S' };
    const all = await connection(gateway, { id: 'host-350', first: 350, orderBy, filter });
    expect(all.totalCount).toBe(all.nodes.length);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 120 }), { minLength: 1 }), async (sizes) => {
        const seen: { port: number }[] = [];
        let after: string | null = null;
        for (let turn = 0; ; turn += 1) {
          const first = sizes[turn % sizes.length]!;
          const part: Connection = await connection(gateway, { id: 'host-350', first, after, orderBy, filter });
          seen.push(...part.nodes);
          after = part.pageInfo.endCursor;
          if (!part.pageInfo.hasNextPage) break;
        }
        expect(seen).toEqual(all.nodes);
      }),
      { numRuns: 8, endOnFailure: true },
    );
  });

  it('shares its reads with a page of the same rows', async () => {
    const gateway = await startGateway();
    const { data } = await gateway.query(`{ host(id: "host-350") {
      ports(page: { limit: 200 }) { nodes { port } }
      portsConnection(first: 200) { edges { node { port } } pageInfo { hasNextPage } }
    } }`);
    expect(data.host.portsConnection.edges.map(({ node }: { node: object }) => node)).toEqual(data.host.ports.nodes);
    expect(data.host.portsConnection.pageInfo.hasNextPage).toBe(true);
    expect(asked(gateway.simulator)).toEqual(['host-350 0+200']);
  });

  it.each([
    ['totalCount', 'totalCount'],
    ['flags', 'pageInfo { hasNextPage hasPreviousPage }'],
  ])('costs the smallest read for its %s alone', async (_what, selection) => {
    const gateway = await startGateway({ env: { MAX_UPSTREAM_READS: '1' } });
    const { errors } = await gateway.query(
      `{ host(id: "host-350") { portsConnection(first: 1000) { ${selection} } } }`,
    );
    expect(errors).toBeUndefined();
    expect(asked(gateway.simulator)).toEqual(['host-350 0+10']);
  });

  it('has its cursors without its rows', async () => {
    const gateway = await startGateway();
    const { data } = await gateway.query(
      '{ host(id: "host-40") { portsConnection(first: 7) { pageInfo { endCursor } } } }',
    );
    const { edges } = await connection(gateway, { id: 'host-40', first: 7 });
    expect(data.host.portsConnection.pageInfo.endCursor).toBe(edges[6]!.cursor);
  });

  it.each<readonly [what: string, variables: object, argument: string]>([
    ['no rows', { first: 0 }, 'first'],
    ['a negative number of rows', { first: -1 }, 'first'],
    ['more rows than a page may have', { first: 1_001 }, 'first'],
    ['an empty cursor', { after: '' }, 'after'],
    ['a cursor that is none', { after: 'abc' }, 'after'],
    ['a cursor in another spelling', { after: `${Buffer.from('row:1').toString('base64')}==` }, 'after'],
    ['a cursor of no row', { after: Buffer.from('row:-1').toString('base64url') }, 'after'],
    ['a cursor beyond what HSS takes', { after: Buffer.from('row:2000000').toString('base64url') }, 'after'],
  ])('refuses %s, before any call', async (_what, variables, argument) => {
    const { query, simulator } = await startGateway();
    const { data, errors } = await query(document, { id: 'host-40', ...variables });
    expect(data).toEqual({ host: { portsConnection: null } });
    expect(errors?.map(({ extensions }) => extensions)).toEqual([{ code: 'BAD_USER_INPUT', argument }]);
    expect(simulator.calls).toEqual([]);
  });

  it('takes null for what is left out', async () => {
    const gateway = await startGateway();
    const { nodes } = await connection(gateway, { id: 'host-40', first: null, after: null });
    expect(nodes).toHaveLength(10);
  });
});
