import { describe, expect, it } from 'vitest';
import { createBuiltInHosts } from '../../src/simulator/built-in-hosts.ts';
import { generateRows } from '../../src/simulator/generated-rows.ts';
import type { SimulatedHost } from '../../src/simulator/hosts.ts';
import { startGateway } from '../support/gateway.ts';
import { asked } from './asked.ts';

/** Fifty hosts of one to fifty rows. */
const fiftyHosts: SimulatedHost[] = Array.from({ length: 50 }, (_, index) => {
  const hostId = `of-fifty-${index + 1}`;
  return { hostId, rows: generateRows(hostId, `agent-${index + 1}`, index + 1) };
});
const fiftyIds = fiftyHosts.map(({ hostId }) => hostId);

const portsOf = (page: { nodes: { port: number }[] }): number[] => page.nodes.map(({ port }) => port);
const portsFrom = (first: number, count: number): number[] => Array.from({ length: count }, (_, i) => first + i);

describe('the pages of one list in one operation', () => {
  it('share one read where they fit into 200 rows', async () => {
    const { query, simulator } = await startGateway();
    const { data, errors } = await query(`{
      host(id: "host-350") {
        first: ports(page: { limit: 5 }) { nodes { port } }
        second: ports(page: { limit: 20, offset: 40 }) { nodes { port } hasNextPage }
        third: ports(page: { limit: 50, offset: 150 }) { nodes { port } totalCount }
      }
    }`);
    expect(errors).toBeUndefined();
    expect(portsOf(data.host.first)).toEqual(portsFrom(1024, 5));
    expect(portsOf(data.host.second)).toEqual(portsFrom(1064, 20));
    expect(portsOf(data.host.third)).toEqual(portsFrom(1174, 50));
    expect(data.host.third.totalCount).toBe(350);
    expect(asked(simulator)).toEqual(['host-350 0+200']);
  });

  it('cost nothing when they are equal', async () => {
    const { query, simulator } = await startGateway();
    const { data } = await query(`{
      host(id: "host-40") {
        a: ports(page: { limit: 7 }) { nodes { id } }
        b: ports(page: { limit: 7, offset: 0 }) { nodes { id } }
        c: ports(page: { limit: 7 }, filter: {}) { nodes { id } }
      }
      again: host(id: "host-40") { ports(page: { limit: 7 }) { nodes { id } } }
    }`);
    expect(data.host.b).toEqual(data.host.a);
    expect(data.host.c).toEqual(data.host.a);
    expect(data.again.ports).toEqual(data.host.a);
    expect(asked(simulator)).toEqual(['host-40 0+10']);
  });

  it('merge across fragments, hosts by id, and lists of hosts', async () => {
    const { query, simulator } = await startGateway();
    const { data, errors } = await query(
      `query ($ids: [ID!]!) {
        host(id: "host-40") { ...First }
        same: host(id: "host-40") { ... on Host { ports(page: { limit: 10, offset: 10 }) { nodes { port } } } }
        hosts(ids: $ids) { id ports(page: { limit: 10, offset: 20 }) { nodes { port } } }
        _entities(representations: [{ __typename: "Host", id: "host-40" }]) { ...Last }
      }
      fragment First on Host { ports(page: { limit: 10 }) { ...Ports } }
      fragment Last on Host { ports(page: { limit: 10, offset: 30 }) { ...Ports } }
      fragment Ports on OpenPortPage { nodes { port } }`,
      { ids: ['host-40', 'host-1', 'host-40'] },
    );
    expect(errors).toBeUndefined();
    expect(portsOf(data.host.ports)).toEqual(portsFrom(1024, 10));
    expect(portsOf(data.same.ports)).toEqual(portsFrom(1034, 10));
    expect(data.hosts.map(({ id }: { id: string }) => id)).toEqual(['host-40', 'host-1', 'host-40']);
    expect(portsOf(data.hosts[0].ports)).toEqual(portsFrom(1044, 10));
    expect(data.hosts[2]).toEqual(data.hosts[0]);
    expect(portsOf(data._entities[0].ports)).toEqual(portsFrom(1054, 10));
    expect(asked(simulator)).toEqual(['host-1 20+10', 'host-40 0+40']);
  });

  it('merge in the payload of a mutation', async () => {
    const { query, simulator } = await startGateway();
    const { data, errors } = await query(`mutation {
      setPortIgnore(input: { ignore: true, ports: [
        { agentId: "a", port: 1024, protocol: TCP, hostId: "host-40" }
        { agentId: "a", port: 1025, protocol: TCP, hostId: "host-40" }
      ] }) {
        results { host { ports(page: { limit: 10 }) { nodes { port } } } }
        again: results { host { ports(page: { limit: 10, offset: 10 }) { nodes { port } } } }
      }
    }`);
    expect(errors).toBeUndefined();
    expect(portsOf(data.setPortIgnore.results[1].host.ports)).toEqual(portsFrom(1024, 10));
    expect(portsOf(data.setPortIgnore.again[0].host.ports)).toEqual(portsFrom(1034, 10));
    expect(asked(simulator)).toEqual(['host-40 0+20']);
  });

  it('are not merged over a write: HSS is asked anew', async () => {
    const { query, simulator } = await startGateway();
    const write = `setPortIgnore(input: { ignore: true, ports: [{ agentId: "a", port: 1, protocol: TCP, hostId: "host-1" }] }) {
      results { host { ports { totalCount } } }
    }`;
    await query(`mutation { one: ${write} two: ${write} }`);
    expect(simulator.calls.map(({ method }) => method)).toEqual(['POST', 'GET', 'POST', 'GET']);
  });
});

describe('a page that is asked for while its list is being read', () => {
  it('waits for the reads that are under way, and is whole', async () => {
    const { query, simulator } = await startGateway();
    const { data: before } = await query('{ host(id: "host-350") { ports(page: { limit: 1 }) { nodes { id } } } }');
    simulator.clearCalls();
    // The id is found, and its host's ports are asked for, while the first read of the whole list is on its way.
    simulator.on({ when: ({ query: sent }) => sent.port === undefined, times: 1, answer: { delayMs: 1_500 } });
    const { data, errors } = await query(
      `query ($representations: [_Any!]!) {
        host(id: "host-350") { ports(page: { limit: 1000 }) { nodes { port } } }
        _entities(representations: $representations) {
          ... on OpenPort { host { ports(page: { limit: 600 }) { nodes { port } } } }
        }
      }`,
      { representations: [{ __typename: 'OpenPort', id: before.host.ports.nodes[0].id }] },
    );
    expect(errors).toBeUndefined();
    expect(portsOf(data.host.ports)).toEqual(portsFrom(1024, 350));
    expect(portsOf(data._entities[0].host.ports)).toEqual(portsFrom(1024, 350));
    expect(asked(simulator)).toEqual(['host-350 0+200', 'host-350 0+200', 'host-350 200+200']);
  });
});

describe('equal lists', () => {
  it('are recognised in whatever order and spelling their filters come', async () => {
    const { query, simulator } = await startGateway({ env: { HSS_ENTERPRISE_PROJECT_ID: 'ep-finance' } });
    const { data, errors } = await query(
      `query ($none: OpenPortFilterInput, $nothing: String, $status: PortStatus, $project: ID) {
        host(id: "finance-host") {
          a: ports { totalCount }
          b: ports(filter: {}) { totalCount }
          c: ports(filter: null) { totalCount }
          d: ports(filter: $none) { totalCount }
          e: ports(filter: { category: HOST, port: null, hostName: $nothing, hostIp: "" }) { totalCount }
          f: ports(filter: { enterpriseProjectId: "ep-finance" }) { totalCount }
          g: ports(filter: { enterpriseProjectId: $project, category: HOST }) { totalCount }
          h: ports(filter: { status: DANGER, protocol: TCP }) { totalCount }
          i: ports(filter: { protocol: TCP, status: $status }) { totalCount }
        }
      }`,
      { nothing: null, status: 'DANGER' },
    );
    expect(errors).toBeUndefined();
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) expect(data.host[name]).toEqual({ totalCount: 3 });
    expect(data.host.i).toEqual(data.host.h);
    expect(simulator.calls.map(({ query: sent }) => sent)).toEqual([
      { host_id: 'finance-host', category: 'host', enterprise_project_id: 'ep-finance', limit: '10', offset: '0' },
      {
        host_id: 'finance-host',
        category: 'host',
        enterprise_project_id: 'ep-finance',
        type: 'TCP',
        status: 'danger',
        limit: '10',
        offset: '0',
      },
    ]);
  });

  it('are those of the default enterprise project, named or not', async () => {
    const { query, simulator } = await startGateway();
    await query(`{
      host(id: "host-1") {
        a: ports { totalCount }
        b: ports(filter: { enterpriseProjectId: "0" }) { totalCount }
      }
    }`);
    expect(simulator.calls).toHaveLength(1);
  });

  it('are none where any filter differs', async () => {
    const { query, simulator } = await startGateway();
    const filters = [
      '{ port: 1024 }',
      '{ protocol: TCP }',
      '{ status: NORMAL }',
      '{ hostName: "x" }',
      '{ hostIp: "10.0.0.12" }',
      '{ category: CONTAINER }',
      '{ enterpriseProjectId: "ep-finance" }',
      '{}',
    ];
    const fields = filters.map((filter, index) => `p${index}: ports(filter: ${filter}) { totalCount }`);
    await query(`{ host(id: "host-40") { ${fields.join(' ')} } }`);
    expect(simulator.calls).toHaveLength(filters.length);
  });
});

describe('fifty hosts', () => {
  it('are read side by side, and as Host representations exactly as by their ids', async () => {
    const { query, simulator } = await startGateway({
      simulator: { data: [...createBuiltInHosts(), ...fiftyHosts], latencyMs: 50 },
    });
    const fields = `
      id
      top: ports(page: { limit: 10 }) { totalCount nodes { id port } }
      rest: ports(page: { limit: 40, offset: 10 }) { hasNextPage nodes { id port } }
    `;
    const ids = [...fiftyIds, ...fiftyIds.slice(0, 10)];
    const byIds = await query(`query ($ids: [ID!]!) { hosts(ids: $ids) { ${fields} } }`, { ids });
    expect(byIds.errors).toBeUndefined();
    const reads = asked(simulator);
    expect(reads).toEqual(fiftyIds.map((id) => `${id} 0+50`));
    expect(simulator.mostConcurrent).toBeGreaterThan(1);

    simulator.clearCalls();
    const representations = ids.map((id) => ({ __typename: 'Host', id }));
    const byReference = await query(
      `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Host { ${fields} } } }`,
      { representations },
    );
    expect(byReference.errors).toBeUndefined();
    expect(byReference.data._entities).toEqual(byIds.data.hosts);
    expect(asked(simulator)).toEqual(reads);
  });
});

describe('a page without its rows', () => {
  it.each(['totalCount', 'hasNextPage', 'hasPreviousPage', 'limit offset', '__typename'])(
    'costs one smallest read for %s',
    async (fields) => {
      const { query, simulator } = await startGateway();
      const { errors } = await query(
        `{ host(id: "host-350") { ports(page: { limit: 1000, offset: 3 }) { ${fields} } } }`,
      );
      expect(errors).toBeUndefined();
      expect(asked(simulator)).toEqual(['host-350 0+10']);
    },
  );

  it('has the flags of the page that was asked for', async () => {
    const { query, simulator } = await startGateway();
    const { data } = await query(`{
      host(id: "host-40") {
        first: ports(page: { limit: 30 }) { hasNextPage hasPreviousPage }
        last: ports(page: { limit: 30, offset: 30 }) { hasNextPage hasPreviousPage }
        exact: ports(page: { limit: 30, offset: 10 }) { hasNextPage hasPreviousPage totalCount }
      }
    }`);
    expect(data.host).toEqual({
      first: { hasNextPage: true, hasPreviousPage: false },
      last: { hasNextPage: false, hasPreviousPage: true },
      exact: { hasNextPage: false, hasPreviousPage: true, totalCount: 40 },
    });
    expect(simulator.calls).toHaveLength(1);
  });

  it('costs nothing beside other rows, wherever it lies, when only the total is asked for', async () => {
    const { query, simulator } = await startGateway();
    const { data } = await query(`{
      host(id: "host-12000") {
        a: ports { nodes { port } }
        b: ports(page: { offset: 11000 }) { totalCount }
      }
    }`);
    expect(data.host.b).toEqual({ totalCount: 10_000 });
    expect(asked(simulator)).toEqual(['host-12000 0+10']);
  });

  it('costs nothing where rows of the list are read all the same, nor where `nodes` is left out by a directive', async () => {
    const { query, simulator } = await startGateway();
    const { data } = await query(
      `query ($rows: Boolean!) {
        host(id: "host-350") {
          a: ports(page: { limit: 1000 }) { totalCount nodes @include(if: $rows) { port } }
          b: ports(page: { limit: 5, offset: 300 }) { nodes { port } }
        }
      }`,
      { rows: false },
    );
    expect(data.host.a).toEqual({ totalCount: 350 });
    expect(portsOf(data.host.b)).toEqual(portsFrom(1324, 5));
    expect(asked(simulator)).toEqual(['host-350 300+10']);
  });
});

describe('the host below a port', () => {
  it('is the host that was asked for, and its list costs nothing more', async () => {
    const { query, simulator } = await startGateway();
    const { data, errors } = await query(`{
      host(id: "host-40") {
        ports(page: { limit: 20 }) { nodes { port host { id ports(page: { limit: 3, offset: 2 }) { totalCount nodes { port } } } } }
      }
    }`);
    expect(errors).toBeUndefined();
    expect(data.host.ports.nodes).toHaveLength(20);
    for (const node of data.host.ports.nodes) {
      expect(node.host.id).toBe('host-40');
      expect(portsOf(node.host.ports)).toEqual(portsFrom(1026, 3));
    }
    expect(asked(simulator)).toEqual(['host-40 0+20']);
  });

  it('costs only what of its page was not read before', async () => {
    const { query, simulator } = await startGateway();
    const { data } = await query(`{
      host(id: "host-350") {
        ports(page: { limit: 20 }) { nodes { host { ports(page: { limit: 1000 }) { nodes { port } } } } }
      }
    }`);
    expect(portsOf(data.host.ports.nodes[19].host.ports)).toEqual(portsFrom(1024, 350));
    expect(asked(simulator)).toEqual(['host-350 0+20', 'host-350 20+200', 'host-350 220+200']);
  });
});
