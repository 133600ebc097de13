import { describe, expect, it } from 'vitest';
import { asked } from '../reads/asked.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

const one = 'query ($id: ID!) { openPort(id: $id) { id port host { id } } }';
const several = 'query ($ids: [ID!]!) { openPorts(ids: $ids) { id port } }';

interface Listed {
  readonly id: string;
  readonly port: number;
}

async function list(gateway: TestGateway, host: string): Promise<Listed[]> {
  const { data } = await gateway.query(`{ host(id: "${host}") { ports(page: { limit: 40 }) { nodes { id port } } } }`);
  gateway.simulator.clearCalls();
  return data.host.ports.nodes as Listed[];
}

describe('openPort', () => {
  it('reads the row of an id again', async () => {
    const gateway = await startGateway();
    const ports = await list(gateway, 'host-40');
    const { data, errors } = await gateway.query(one, { id: ports[3]!.id });
    expect(errors).toBeUndefined();
    expect(data.openPort).toEqual({ ...ports[3], host: { id: 'host-40' } });
    expect(gateway.simulator.calls).toHaveLength(1);
  });

  it('is null where the row is gone', async () => {
    const gateway = await startGateway();
    const [port] = await list(gateway, 'host-1');
    gateway.simulator.addHost({ hostId: 'host-1', rows: [] });
    expect(await gateway.query(one, { id: port!.id })).toMatchObject({ data: { openPort: null }, errors: undefined });
  });

  it('refuses what is no id, before any call', async () => {
    const { query, simulator } = await startGateway();
    const { data, errors } = await query(one, { id: 'x' });
    expect(data).toEqual({ openPort: null });
    expect(errors).toMatchObject([{ path: ['openPort'], extensions: { code: 'BAD_USER_INPUT', argument: 'id' } }]);
    expect(simulator.calls).toEqual([]);
  });

  it('needs a token', async () => {
    const gateway = await startGateway();
    const [port] = await list(gateway, 'host-1');
    const { data, errors } = await gateway.query(one, { id: port!.id }, { 'x-auth-token': '' });
    expect(data).toEqual({ openPort: null });
    expect(errors).toMatchObject([{ path: ['openPort'], extensions: { code: 'UNAUTHENTICATED' } }]);
  });
});

describe('openPorts', () => {
  it('are in the order of their ids, twice where an id is given twice, by one read a host', async () => {
    const gateway = await startGateway();
    const [of40, of1] = [await list(gateway, 'host-40'), await list(gateway, 'host-1')];
    const ports = [of40[7]!, of1[0]!, of40[2]!, of40[7]!, of1[0]!];
    const { data, errors } = await gateway.query(several, { ids: ports.map(({ id }) => id) });
    expect(errors).toBeUndefined();
    expect(data.openPorts).toEqual(ports);
    expect(asked(gateway.simulator)).toHaveLength(2);
  });

  it('share the read of their references', async () => {
    const gateway = await startGateway();
    const [a, b] = await list(gateway, 'host-40');
    const { data } = await gateway.query(
      `query ($a: ID!, $ids: [ID!]!, $references: [_Any!]!) {
        openPort(id: $a) { port }
        openPorts(ids: $ids) { port }
        _entities(representations: $references) { ... on OpenPort { port } }
      }`,
      { a: a!.id, ids: [b!.id], references: [{ __typename: 'OpenPort', id: a!.id }] },
    );
    expect(data).toEqual({
      openPort: { port: a!.port },
      openPorts: [{ port: b!.port }],
      _entities: [{ port: a!.port }],
    });
    expect(gateway.simulator.calls).toHaveLength(1);
  });

  it('fail one by one', async () => {
    const gateway = await startGateway();
    const [good] = await list(gateway, 'host-40');
    const [forbidden] = await list(gateway, 'host-1');
    gateway.simulator.on({ when: ({ query }) => query.host_id === 'host-1', answer: { status: 403 } });
    const { data, errors } = await gateway.query(several, { ids: ['x', good!.id, forbidden!.id] });
    expect(data.openPorts).toEqual([null, good, null]);
    expect(errors).toMatchObject([
      { path: ['openPorts', 0], extensions: { code: 'BAD_USER_INPUT', argument: 'ids.0' } },
      { path: ['openPorts', 2], extensions: { code: 'FORBIDDEN' } },
    ]);
  });

  it('are null one by one without a token, and take nothing along', async () => {
    const gateway = await startGateway();
    const [port] = await list(gateway, 'host-40');
    const { data, errors } = await gateway.query(
      'query ($ids: [ID!]!) { openPorts(ids: $ids) { port } host(id: "h") { id } }',
      { ids: [port!.id, port!.id] },
      { 'x-auth-token': '' },
    );
    expect(data).toEqual({ openPorts: [null, null], host: { id: 'h' } });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED']);
  });

  it('may be none', async () => {
    const { query } = await startGateway();
    expect((await query(several, { ids: [] })).data).toEqual({ openPorts: [] });
  });

  it('cost a read for each host', async () => {
    const gateway = await startGateway({ env: { MAX_UPSTREAM_READS: '1' } });
    const ids = [(await list(gateway, 'host-40'))[0]!.id, (await list(gateway, 'host-1'))[0]!.id];
    expect((await gateway.query(several, { ids })).errors?.map(({ extensions }) => extensions)).toEqual([
      { code: 'COST_LIMIT_EXCEEDED', estimate: 2, budget: 1 },
    ]);
    expect((await gateway.query(several, { ids: [ids[0], ids[0]] })).errors).toBeUndefined();
  });
});
