import { describe, expect, it } from 'vitest';
import { generateRows } from '../../src/simulator/generated-rows.ts';
import { listHole } from '../../src/simulator/list-hole.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { asked } from './asked.ts';

const page = (id: string, limit = 200, offset = 0, fields = 'totalCount hasNextPage nodes { id port pid }'): string =>
  `{ host(id: "${id}") { ports(page: { limit: ${limit}, offset: ${offset} }) { ${fields} } } }`;

const portsFrom = (first: number, count: number): number[] => Array.from({ length: count }, (_, i) => 1024 + first + i);

async function read({ query }: TestGateway, ...window: Parameters<typeof page>) {
  const { data, errors } = await query(page(...window));
  const nodes: { id: string; port: number }[] = data.host.ports?.nodes ?? [];
  return { page: data.host.ports, ports: nodes.map(({ port }) => port), ids: nodes.map(({ id }) => id), errors };
}

const resolve = ({ query }: TestGateway, ids: readonly string[]) =>
  query('query ($ids: [_Any!]!) { _entities(representations: $ids) { ... on OpenPort { id port executablePath } } }', {
    ids: ids.map((id) => ({ __typename: 'OpenPort', id })),
  });

describe('an HSS that gives 100 rows a read', () => {
  it.each(['clamp', 'reject'] as const)('loses no row, and is soon asked for no more: %s', async (aboveMaxLimit) => {
    const gateway = await startGateway({ simulator: { maxLimit: 100, aboveMaxLimit } });
    const all = await read(gateway, 'host-350', 1_000);
    expect(all).toMatchObject({ ports: portsFrom(0, 350), page: { totalCount: 350, hasNextPage: false } });
    gateway.simulator.clearCalls();
    expect((await read(gateway, 'host-350', 200, 100)).ports).toEqual(portsFrom(100, 200));
    expect(asked(gateway.simulator)).toEqual(['host-350 100+100', 'host-350 200+100']);
  });

  it('shows the last rows of a list to those who have their ids', async () => {
    const gateway = await startGateway({ simulator: { maxLimit: 100 } });
    const { ids } = await read(gateway, 'host-350', 1_000);
    const { data, errors } = await resolve(gateway, ids.slice(150));
    expect(errors).toBeUndefined();
    expect(data._entities.map(({ port }: { port: number }) => port)).toEqual(portsFrom(150, 200));
  });
});

describe('an answer in the middle of a list', () => {
  it('that comes back empty once is asked for again', async () => {
    const gateway = await startGateway();
    gateway.simulator.on({ ...listHole(200, 350), times: 1 });
    expect(await read(gateway, 'host-350', 1_000)).toMatchObject({ ports: portsFrom(0, 350), errors: undefined });
    expect(asked(gateway.simulator)).toEqual(['host-350 0+200', 'host-350 200+200', 'host-350 200+200']);
  });

  it('that stays empty fails the pages that need it, and no other', async () => {
    const gateway = await startGateway();
    gateway.simulator.on(listHole(120, 140));
    const { data, errors } = await gateway.query(`{ host(id: "host-350") {
      before: ports(page: { limit: 100, offset: 10 }) { nodes { port } }
      over: ports(page: { limit: 100, offset: 100 }) { nodes { port } }
      after: ports(page: { limit: 200, offset: 140 }) { nodes { port } }
      count: ports { totalCount }
    } }`);
    const portsOf = ({ nodes }: { nodes: { port: number }[] }) => nodes.map(({ port }) => port);
    expect(portsOf(data.host.before)).toEqual(portsFrom(10, 100));
    expect(portsOf(data.host.after)).toEqual(portsFrom(140, 200));
    expect(data.host).toMatchObject({ over: null, count: { totalCount: 350 } });
    expect(errors).toMatchObject([{ path: ['host', 'over'], extensions: { code: 'UPSTREAM_BAD_RESPONSE' } }]);
  });
});

describe('rows of another host', () => {
  const row = { host_id: 'mixed', agent_id: 'a', port: 80, type: 'TCP', laddr: '::', pid: 7, path: '/usr/bin/a' };
  const rows = Array.from({ length: 30 }, (_, index) => ({
    ...row,
    port: index,
    ...(index % 3 === 1 && { host_id: 'another', agent_id: 'b' }),
  }));

  it('are left out, counted, and logged once; the total and the row numbers stay those of HSS', async () => {
    const gateway = await startGateway({ env: { GRAPHIQL: 'true' } });
    gateway.simulator.addHost({ hostId: 'mixed', rows });
    for (const [offset, ports] of [
      [0, [0, 2, 3, 5, 6, 8, 9]],
      [10, [11, 12, 14, 15, 17, 18]],
      [20, [20, 21, 23, 24, 26, 27, 29]],
    ] as const) {
      const shown = await read(gateway, 'mixed', 10, offset);
      expect(shown).toMatchObject({ ports, errors: undefined, page: { totalCount: 30, hasNextPage: offset < 20 } });
    }
    expect(asked(gateway.simulator)).toEqual(['mixed 0+10', 'mixed 10+10', 'mixed 20+10']);
    expect(gateway.log.filter(({ level }) => Number(level) >= 40)).toMatchObject([
      { field: 'host_id', msg: expect.stringContaining('a host that was not requested') },
    ]);
    expect(await (await gateway.fetch('/metrics')).text()).toContain('\nhss_gateway_foreign_rows_total 10\n');
  });

  it('count in the total of an ordered list, as in that of HSS, and not among the matches of a filter', async () => {
    const gateway = await startGateway();
    gateway.simulator.addHost({ hostId: 'mixed', rows });
    const { data } = await gateway.query(
      '{ host(id: "mixed") { a: ports(orderBy: [{ field: PORT }]) { totalCount } b: ports(orderBy: [{ field: PORT }]) { totalCount nodes { port } } c: ports(filter: { portNumbers: [1, 2, 3] }) { totalCount } } }',
    );
    expect(data.host).toMatchObject({ a: { totalCount: 30 }, b: { totalCount: 30 }, c: { totalCount: 2 } });
  });
});

describe('two rows that differ in their executable alone', () => {
  it('are two, also where they come with different reads, each with an id of its own', async () => {
    const gateway = await startGateway();
    const many = generateRows('twins', 'agent', 201);
    const twin = { ...many[199], path: '/usr/bin/other' };
    gateway.simulator.addHost({ hostId: 'twins', rows: [...many.slice(0, 200), twin] });
    const { ids } = await read(gateway, 'twins', 1_000);
    expect(new Set(ids).size).toBe(201);
    const { data } = await resolve(gateway, ids.slice(-2));
    expect(data._entities).toMatchObject([
      { id: ids[199], executablePath: many[199]!.path },
      { id: ids[200], executablePath: '/usr/bin/other' },
    ]);
  });

  it('have ids that resolve, however long the path', async () => {
    const gateway = await startGateway();
    const [row] = generateRows('long', 'agent', 1);
    const rows = ['a', 'b'].map((end) => ({ ...row, path: `/${'x'.repeat(19_000)}${end}` }));
    gateway.simulator.addHost({ hostId: 'long', rows });
    const { ids } = await read(gateway, 'long');
    expect(ids.map(({ length }) => length < 500)).toEqual([true, true]);
    const { data } = await resolve(gateway, ids.toReversed());
    expect(data._entities.map(({ executablePath: path }: { executablePath: string }) => path.at(-1))).toEqual([
      'b',
      'a',
    ]);
  });
});

describe('numbers as text of digits', () => {
  it('are those numbers, told once for each field', async () => {
    const gateway = await startGateway();
    const before = await read(gateway, 'host-350', 1_000);
    gateway.simulator.switches.numberSpelling = 'text';
    expect(await read(gateway, 'host-350', 1_000)).toEqual(before);
    await read(gateway, 'host-40');
    expect(gateway.log.filter(({ level }) => Number(level) >= 40).map(({ field }) => field)).toEqual([
      'total_num',
      'port',
      'pid',
    ]);
  });
});
