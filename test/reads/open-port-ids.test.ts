import { describe, expect, it } from 'vitest';
import { generateRows } from '../../src/simulator/generated-rows.ts';
import type { SimulatedHost, SimulatedRow } from '../../src/simulator/hosts.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { asked } from './asked.ts';

const [plainRow] = generateRows('changing', 'agent', 1) as [SimulatedRow];
const changing = (rows: readonly SimulatedRow[]): SimulatedHost => ({ hostId: 'changing', rows });

async function readIds({ query }: TestGateway, host: string, limit = 1_000, filter = '{}', offset = 0) {
  const { data, errors } = await query(
    `{ host(id: "${host}") { ports(page: { limit: ${limit}, offset: ${offset} }, filter: ${filter}) { nodes { id } } } }`,
  );
  expect(errors).toBeUndefined();
  return data.host.ports.nodes.map(({ id }: { id: string }) => id) as string[];
}

/** The rows that ids stand for, by a router's query. */
function resolve({ query }: TestGateway, ids: readonly string[], fields = 'id port pid status host { id }') {
  return query(`query ($ids: [_Any!]!) { _entities(representations: $ids) { ... on OpenPort { ${fields} } } }`, {
    ids: ids.map((id) => ({ __typename: 'OpenPort', id })),
  });
}

describe('an OpenPort.id', () => {
  it('is the same between reads, pages and filters', async () => {
    const gateway = await startGateway();
    const all = await readIds(gateway, 'host-40');
    expect(await readIds(gateway, 'host-40')).toEqual(all);
    expect(await readIds(gateway, 'host-40', 10, '{}', 5)).toEqual(all.slice(5, 15));
    expect(await readIds(gateway, 'host-40', 10, '{ port: 1030 }')).toEqual([all[6]]);
    expect(await readIds(gateway, 'host-40', 10, '{ enterpriseProjectId: "0" }')).toEqual(all.slice(0, 10));
  });

  it('is the same in every release', async () => {
    const gateway = await startGateway();
    const row = { agent_id: 'agent', container_id: 'c', type: 'TCP', laddr: '::', port: 80, pid: 0, path: '/sbin/x' };
    gateway.simulator.addHost({ hostId: 'changing', containerRows: [row, row] });
    expect(await readIds(gateway, 'changing', 10, '{ category: CONTAINER }')).toEqual([
      'WzIsImNoYW5naW5nIiwiY29udGFpbmVyIixudWxsLCJhZ2VudCIsImMiLCJUQ1AiLCI6OiIsODAsMCwiL3NiaW4veCIsMF0',
      'WzIsImNoYW5naW5nIiwiY29udGFpbmVyIixudWxsLCJhZ2VudCIsImMiLCJUQ1AiLCI6OiIsODAsMCwiL3NiaW4veCIsMV0',
    ]);
  });

  it('that holds half of a surrogate pair is none of ours: HSS would be asked for another host', async () => {
    const gateway = await startGateway();
    const idOf = (host: string): string =>
      Buffer.from(JSON.stringify([2, host, 'host', null, 'a', null, 'TCP', '::', 22, 1, '/x', 0])).toString(
        'base64url',
      );
    const read = await gateway.query(`{ openPort(id: "${idOf('h\ud800')}") { port } }`);
    const write = await gateway.query(
      `mutation { setPortIgnore(input: { ignore: true, portIds: ["${idOf('h\ud800')}"] }) { acceptedCount } }`,
    );
    for (const { errors } of [read, write]) expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(gateway.simulator.calls).toEqual([]);
    expect((await gateway.query(`{ openPort(id: "${idOf('h\u{1f600}')}") { port } }`)).errors).toBeUndefined();
  });

  it('survives a change of status', async () => {
    const gateway = await startGateway();
    gateway.simulator.addHost(changing([{ ...plainRow, status: 'normal' }]));
    const before = await readIds(gateway, 'changing');
    gateway.simulator.addHost(changing([{ ...plainRow, status: 'danger' }]));
    expect(await readIds(gateway, 'changing')).toEqual(before);
    expect((await resolve(gateway, before)).data._entities[0]).toMatchObject({ id: before[0], status: 'DANGER' });
  });

  it.each(['agent_id', 'container_id', 'type', 'laddr', 'port', 'pid', 'path'])(
    'is another for another %s',
    async (part) => {
      const gateway = await startGateway();
      const other: Record<string, unknown> = {
        agent_id: 'other',
        container_id: 'other',
        type: 'UDP',
        laddr: '::1',
        port: 99,
        pid: 99,
        path: '/other/path',
      };
      gateway.simulator.addHost(changing([plainRow]));
      const before = await readIds(gateway, 'changing');
      gateway.simulator.addHost(changing([{ ...plainRow, [part]: other[part] }]));
      const after = await readIds(gateway, 'changing');
      expect(after).not.toEqual(before);
      expect((await resolve(gateway, before)).data._entities).toEqual([null]);
    },
  );

  it('is distinct within a list, also for rows that nothing tells apart', async () => {
    const gateway = await startGateway();
    gateway.simulator.addHost(
      changing([
        plainRow,
        plainRow,
        { ...plainRow, path: '/other/path' },
        { ...plainRow, pid: 0, path: '/a' },
        { ...plainRow, pid: 0, path: '/b' },
        { ...plainRow, pid: undefined },
        { ...plainRow, type: 'SCTP' },
        { ...plainRow, type: 'DCCP' },
        { ...plainRow, port: null },
        {},
        {},
      ]),
    );
    const ids = await readIds(gateway, 'changing');
    expect(ids).toHaveLength(11);
    expect(new Set(ids).size).toBe(11);
    const { data, errors } = await resolve(gateway, ids.toReversed(), 'id');
    expect(errors).toBeUndefined();
    expect(data._entities.map(({ id }: { id: string }) => id)).toEqual(ids.toReversed());
  });

  it('says under which category and enterprise project it was read', async () => {
    const gateway = await startGateway();
    const [container] = await readIds(gateway, 'container-host', 10, '{ category: CONTAINER }');
    const [finance] = await readIds(gateway, 'finance-host', 10, '{ enterpriseProjectId: "ep-finance" }');
    gateway.simulator.clearCalls();
    const { data } = await resolve(gateway, [container!, finance!]);
    expect(data._entities).toMatchObject([
      { id: container, port: 80, host: { id: 'container-host' } },
      { id: finance, port: 21, host: { id: 'finance-host' } },
    ]);
    expect(gateway.simulator.calls.map(({ query }) => [query.category, query.enterprise_project_id])).toEqual([
      ['container', undefined],
      ['host', 'ep-finance'],
    ]);
  });
});

describe('OpenPort representations', () => {
  it('find a row with the narrowest filter', async () => {
    const gateway = await startGateway();
    const [id] = await readIds(gateway, 'host-10000', 1, '{}', 9_000);
    gateway.simulator.clearCalls();
    const { data, errors } = await resolve(gateway, [id!]);
    expect(errors).toBeUndefined();
    expect(data._entities).toEqual([{ id, port: 10_024, pid: 10_000, status: 'UNKNOWN', host: { id: 'host-10000' } }]);
    expect(gateway.simulator.calls.map(({ query }) => query)).toEqual([
      { host_id: 'host-10000', category: 'host', port: '10024', type: 'TCP', limit: '200', offset: '0' },
    ]);
  });

  it('of one host share a read', async () => {
    const gateway = await startGateway();
    const ids = await readIds(gateway, 'host-40');
    gateway.simulator.clearCalls();
    const { data } = await resolve(gateway, [...ids, ...ids.slice(0, 3)]);
    expect(data._entities.map(({ id }: { id: string }) => id)).toEqual([...ids, ...ids.slice(0, 3)]);
    expect(asked(gateway.simulator)).toEqual(['host-40 0+200']);
  });

  it('of several hosts are read side by side, each host for itself', async () => {
    const gateway = await startGateway();
    const [a] = await readIds(gateway, 'host-1');
    const [b, c] = await readIds(gateway, 'host-40');
    gateway.simulator.clearCalls();
    gateway.simulator.on({ when: ({ query }) => query.host_id === 'host-1', answer: { status: 403, body: {} } });
    const { data, errors } = await resolve(gateway, [b!, a!, c!], 'id');
    expect(data._entities).toEqual([{ id: b }, null, { id: c }]);
    expect(errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual([[['_entities', 1], 'FORBIDDEN']]);
    expect(gateway.simulator.calls).toHaveLength(2);
  });

  it('find few rows of a long list by a filter each, many by reading on', async () => {
    const gateway = await startGateway();
    const ids = await readIds(gateway, 'host-12000', 1_000, '{}', 3_000);
    gateway.simulator.clearCalls();
    const few = [ids[0]!, ids[500]!, ids[900]!];
    expect((await resolve(gateway, few, 'id')).data._entities).toEqual(few.map((id) => ({ id })));
    expect(gateway.simulator.calls.map(({ query }) => query.port)).toEqual([undefined, '4024', '4524', '4924']);

    gateway.simulator.clearCalls();
    const many = ids.slice(0, 200);
    const { data, errors } = await resolve(gateway, many, 'id');
    expect(errors).toBeUndefined();
    expect(data._entities).toEqual(many.map((id) => ({ id })));
    expect(gateway.simulator.calls).toHaveLength(50);
  });

  it('find rows after the 10,000 that HSS counts', async () => {
    const gateway = await startGateway({ simulator: { totalCap: 10_000 } });
    const ids = await readIds(gateway, 'host-12000', 60, '{}', 11_900);
    gateway.simulator.clearCalls();
    const { data, errors } = await resolve(gateway, ids, 'id');
    expect(errors).toBeUndefined();
    expect(data._entities).toEqual(ids.map((id) => ({ id })));
  });

  it('find one row among more than 200 of one port', async () => {
    const gateway = await startGateway();
    const rows = generateRows('changing', 'agent', 450).map((row) => ({ ...row, port: 80, type: 'TCP' }));
    gateway.simulator.addHost(changing(rows));
    const ids = await readIds(gateway, 'changing');
    gateway.simulator.clearCalls();
    expect((await resolve(gateway, [ids[449]!], 'id')).data._entities).toEqual([{ id: ids[449] }]);
    expect(asked(gateway.simulator)).toEqual(['changing 0+200', 'changing 200+200', 'changing 400+200']);
  });

  it('of a row that is gone are null, without an error', async () => {
    const gateway = await startGateway();
    const rows = generateRows('changing', 'agent', 2);
    gateway.simulator.addHost(changing(rows));
    const [gone, stays] = await readIds(gateway, 'changing');
    gateway.simulator.addHost(changing(rows.slice(1)));
    const { data, errors } = await resolve(gateway, [gone!, stays!], 'id');
    expect(errors).toBeUndefined();
    expect(data._entities).toEqual([null, { id: stays }]);
  });

  it('with ids that are not ours are refused, each by itself, before any call', async () => {
    const gateway = await startGateway();
    const [own] = await readIds(gateway, 'host-1');
    gateway.simulator.clearCalls();
    const foreign = ['', 'nonsense', '42', Buffer.from('[1,"x"]').toString('base64url'), `${own}=`, 'x'.repeat(5_000)];
    const { data, errors } = await resolve(gateway, [...foreign, own!], 'id');
    expect(data._entities).toEqual([...foreign.map(() => null), { id: own }]);
    expect(errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual(
      foreign.map((_, index) => [['_entities', index], 'BAD_USER_INPUT']),
    );
    expect(gateway.simulator.calls).toHaveLength(1);
  });

  it('leave the host that was asked for to be read in the same operation', async () => {
    const gateway = await startGateway();
    const ids = await readIds(gateway, 'host-40', 4);
    gateway.simulator.clearCalls();
    const { data } = await resolve(gateway, ids, 'host { id ports(page: { limit: 2 }) { totalCount nodes { id } } }');
    for (const { host } of data._entities) {
      expect(host).toEqual({
        id: 'host-40',
        ports: { totalCount: 40, nodes: [{ id: ids[0] }, { id: ids[1] }] },
      });
    }
    // Ids of several ports and protocols are looked for in the whole list, which is asked for below them.
    expect(asked(gateway.simulator)).toEqual(['host-40 0+200']);
  });
});
