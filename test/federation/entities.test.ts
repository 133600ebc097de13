import { describe, expect, it } from 'vitest';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { hostIds } from '../support/operations.ts';

const hostsQuery = `
  query ($representations: [_Any!]!) {
    _entities(representations: $representations) { ... on Host { id } }
  }
`;
const portsQuery = `
  query ($representations: [_Any!]!) {
    _entities(representations: $representations) {
      ... on Host { id ports { totalCount nodes { port } } }
    }
  }
`;
const openPortsQuery = `
  query ($representations: [_Any!]!) {
    _entities(representations: $representations) {
      ... on OpenPort { id port pid host { id } }
    }
  }
`;

const toHosts = (ids: readonly unknown[]) => ({ representations: ids.map((id) => ({ __typename: 'Host', id })) });
const toOpenPorts = (ids: readonly unknown[]) => ({
  representations: ids.map((id) => ({ __typename: 'OpenPort', id })),
});

async function openPortIds(gateway: TestGateway, host: string, limit: number): Promise<string[]> {
  const { data } = await gateway.query(`{ host(id: "${host}") { ports(page: { limit: ${limit} }) { nodes { id } } } }`);
  gateway.simulator.clearCalls();
  return data.host.ports.nodes.map(({ id }: { id: string }) => id);
}

describe('references to hosts', () => {
  it('resolve without a call, with and without a token', async () => {
    const gateway = await startGateway();
    const ids = hostIds(50);
    for (const token of ['token', '']) {
      const { data, errors } = await gateway.query(hostsQuery, toHosts(ids), { 'x-auth-token': token });
      expect(errors).toBeUndefined();
      expect(data._entities).toEqual(ids.map((id) => ({ id })));
    }
    expect(gateway.simulator.calls).toHaveLength(0);
  });

  it('share reads as hosts by their ids do', async () => {
    const gateway = await startGateway();
    const { data, errors } = await gateway.query(portsQuery, toHosts(['host-1', 'risky-host', 'host-1', 'host-0']));
    expect(errors).toBeUndefined();
    expect(data._entities.map(({ ports }: { ports: { totalCount: number } }) => ports.totalCount)).toEqual([
      1, 8, 1, 0,
    ]);
    expect(gateway.simulator.calls.map(({ query: asked }) => asked.host_id).sort()).toEqual([
      'host-0',
      'host-1',
      'risky-host',
    ]);
  });

  it('with numbers for ids are taken as their digits', async () => {
    const gateway = await startGateway();
    const { data, errors } = await gateway.query(portsQuery, toHosts([42]));
    expect(errors).toBeUndefined();
    expect(data._entities).toEqual([{ id: '42', ports: { totalCount: 0, nodes: [] } }]);
    expect(gateway.simulator.calls).toMatchObject([{ query: { host_id: '42' } }]);
  });

  it.each([
    ['an empty id', ''],
    ['an id of 129 characters', 'x'.repeat(129)],
    ['an object for an id', { id: 'host-1' }],
    ['a list for an id', ['host-1']],
    ['no id', undefined],
    ['null for an id', null],
    ['a truth value for an id', true],
    ['a fraction for an id', 1.5],
  ])('with %s are null alone, and say so', async (_what, bad) => {
    const gateway = await startGateway();
    const { status, data, errors } = await gateway.query(portsQuery, toHosts(['host-1', bad, 'risky-host']));
    expect(status).toBe(200);
    expect(data._entities).toMatchObject([{ id: 'host-1' }, null, { id: 'risky-host' }]);
    expect(errors).toMatchObject([{ path: ['_entities', 1], extensions: { code: 'BAD_USER_INPUT', argument: 'id' } }]);
    expect(gateway.simulator.calls).toHaveLength(2);
  });
});

describe('references to open ports', () => {
  it('find their rows again, those of one host with one read', async () => {
    const gateway = await startGateway();
    const ids = await openPortIds(gateway, 'host-40', 5);
    const { data, errors } = await gateway.query(openPortsQuery, toOpenPorts(ids));
    expect(errors).toBeUndefined();
    expect(data._entities.map(({ id }: { id: string }) => id)).toEqual(ids);
    expect(data._entities[0]).toEqual({ id: ids[0], port: 1024, pid: 1000, host: { id: 'host-40' } });
    expect(gateway.simulator.calls).toHaveLength(1);
  });

  it('are null without an error where the row is gone', async () => {
    const gateway = await startGateway();
    const ids = await openPortIds(gateway, 'host-1', 1);
    gateway.simulator.addHost({ hostId: 'host-1', rows: [] });
    const { data, errors } = await gateway.query(openPortsQuery, toOpenPorts(ids));
    expect(errors).toBeUndefined();
    expect(data._entities).toEqual([null]);
  });

  it.each([
    ['an id that is not ours', 'T3BlblBvcnQ6MQ'],
    ['an empty id', ''],
    ['an object for an id', {}],
    ['a number for an id', 7],
    ['no id', undefined],
  ])('with %s are null alone, and say so', async (_what, bad) => {
    const gateway = await startGateway();
    const [id] = await openPortIds(gateway, 'host-1', 1);
    const { status, data, errors } = await gateway.query(openPortsQuery, toOpenPorts([bad, id]));
    expect(status).toBe(200);
    expect(data._entities).toMatchObject([null, { id }]);
    expect(errors).toMatchObject([{ path: ['_entities', 0], extensions: { code: 'BAD_USER_INPUT', argument: 'id' } }]);
    expect(gateway.simulator.calls).toHaveLength(1);
  });

  it('need a token', async () => {
    const gateway = await startGateway();
    const ids = await openPortIds(gateway, 'host-1', 1);
    const { data, errors } = await gateway.query(openPortsQuery, toOpenPorts(ids), { 'x-auth-token': '' });
    expect(data._entities).toEqual([null]);
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    expect(gateway.simulator.calls).toHaveLength(0);
  });
});

describe('a representation', () => {
  it.each([
    ['of a type that is no entity', { __typename: 'OpenPortPage', id: '1' }],
    ['of a type that there is not', { __typename: 'Server', id: '1' }],
    ['without a type', { id: '1' }],
    ['of a type called as what every object has', { __typename: 'constructor', id: '1' }],
    ['that is no object', 7],
  ])('%s is refused, and is no bug of ours', async (_what, representation) => {
    const gateway = await startGateway();
    const { errors } = await gateway.query(hostsQuery, { representations: [representation] });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(gateway.simulator.calls).toHaveLength(0);
    expect(gateway.log.filter(({ level }) => level === 50 || level === 'error')).toEqual([]);
  });
});

describe('a representation that stands in the document', () => {
  it.each(['{ a: 1 }', '["a"]', 'true', 'null', '""'])(
    'with the id %s is refused, and is no bug of ours',
    async (id) => {
      const gateway = await startGateway();
      const { errors } = await gateway.query(
        `{ _entities(representations: [{ __typename: "Host", id: ${id} }, { __typename: "OpenPort", id: ${id} }]) { __typename } }`,
      );
      expect(errors).toMatchObject([
        { extensions: { code: 'BAD_USER_INPUT' } },
        { extensions: { code: 'BAD_USER_INPUT' } },
      ]);
      expect(gateway.log.filter(({ level }) => level === 50 || level === 'error')).toEqual([]);
    },
  );
});

describe('the SDL of the subgraph', () => {
  it('is given to routers without a token, where introspection is off too', async () => {
    const gateway = await startGateway({ env: { INTROSPECTION: 'false' } });
    const { data, errors } = await gateway.query('{ _service { sdl } }', {}, { 'x-auth-token': '' });
    expect(errors).toBeUndefined();
    expect(data._service.sdl).toContain('type Host @key(fields: "id")');
    expect(gateway.simulator.calls).toHaveLength(0);
  });
});
