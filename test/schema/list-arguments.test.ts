import { describe, expect, it } from 'vitest';
import { startGateway } from '../support/gateway.ts';
import { asked } from '../reads/asked.ts';

const document = `query ($id: ID!, $filter: OpenPortFilterInput, $page: OpenPortPageInput, $orderBy: [OpenPortOrderInput!]) {
  host(id: $id) {
    ports(filter: $filter, page: $page, orderBy: $orderBy) {
      totalCount
      hasNextPage
      nodes { port protocol status listenAddress executablePath }
    }
  }
}`;

const many = <T>(count: number, item: T): T[] => Array.from({ length: count }, () => item);

describe('filters that HSS does not have', () => {
  it.each<readonly [what: string, filter: object, argument: string]>([
    ['no statuses', { statuses: [] }, 'filter.statuses'],
    ['four statuses', { statuses: many(4, 'DANGER') }, 'filter.statuses'],
    ['no protocols', { protocols: [] }, 'filter.protocols'],
    ['five protocols', { protocols: many(5, 'TCP') }, 'filter.protocols'],
    ['no port numbers', { portNumbers: [] }, 'filter.portNumbers'],
    ['101 port numbers', { portNumbers: many(101, 22) }, 'filter.portNumbers'],
    ['a port number of 0', { portNumbers: [1, 2, 3, 0] }, 'filter.portNumbers.3'],
    ['a port number of 65536', { portNumbers: [65_536] }, 'filter.portNumbers.0'],
    ['an empty path', { executablePathContains: '' }, 'filter.executablePathContains'],
    ['a long path', { executablePathContains: 'x'.repeat(257) }, 'filter.executablePathContains'],
    ['no addresses', { listenAddresses: [] }, 'filter.listenAddresses'],
    ['101 addresses', { listenAddresses: many(101, '::') }, 'filter.listenAddresses'],
    ['a long address', { listenAddresses: ['::', 'x'.repeat(129)] }, 'filter.listenAddresses.1'],
  ])('refuse %s by their path, before any call', async (_what, filter, argument) => {
    const { query, simulator } = await startGateway();
    const { data, errors } = await query(document, { id: 'host-40', filter });
    expect(data).toEqual({ host: { ports: null } });
    expect(errors?.map(({ extensions }) => extensions)).toEqual([{ code: 'BAD_USER_INPUT', argument }]);
    expect(simulator.calls).toEqual([]);
  });

  it('take what is at their bounds', async () => {
    const { query } = await startGateway();
    const filter = {
      statuses: ['NORMAL', 'DANGER', 'UNKNOWN'],
      protocols: ['TCP', 'UDP', 'TCP6', 'UDP6'],
      portNumbers: [...many(98, 1), 1_024, 65_535],
      executablePathContains: 's'.repeat(256),
      listenAddresses: [...many(99, '::'), 'x'.repeat(128)],
    };
    const { data, errors } = await query(document, { id: 'host-40', filter });
    expect(errors).toBeUndefined();
    expect(data.host.ports).toEqual({ totalCount: 0, hasNextPage: false, nodes: [] });
  });

  it('are no filters where they are null', async () => {
    const { query, simulator } = await startGateway();
    const filter = {
      ...{ statuses: null, protocols: null, portNumbers: null, executablePathContains: null, listenAddresses: null },
    };
    const { data } = await query(document, { id: 'host-350', filter, page: { limit: 10 } });
    expect(data.host.ports.totalCount).toBe(350);
    expect(asked(simulator)).toEqual(['host-350 0+10']);
  });

  it('combine with each other and with those of HSS, in one call', async () => {
    const { query, simulator } = await startGateway();
    const filter = {
      protocol: 'TCP',
      statuses: ['DANGER', 'NORMAL'],
      executablePathContains: 'SSHD',
      listenAddresses: ['127.0.0.1', '::'],
    };
    const { data } = await query(document, { id: 'host-40', filter });
    // Every 20th row is such.
    expect(data.host.ports.nodes.map(({ port }: { port: number }) => port)).toEqual([1_029, 1_049]);
    expect(simulator.calls.map(({ query: asked }) => [asked.type, asked.limit])).toEqual([['TCP', '200']]);
  });

  it('go up as filters of HSS where they have one item', async () => {
    const { query, simulator } = await startGateway();
    const filter = { statuses: ['DANGER'], protocols: ['UDP'], portNumbers: [1_027] };
    const { data } = await query(document, { id: 'host-350', filter });
    expect(data.host.ports.nodes).toMatchObject([{ port: 1_027, protocol: 'UDP', status: 'DANGER' }]);
    expect(simulator.calls.map(({ query: { type, status, port, limit } }) => [type, status, port, limit])).toEqual([
      ['UDP', 'danger', '1027', '10'],
    ]);
  });
});

describe('orderBy', () => {
  const ports = ({ data }: { data: { host: { ports: { nodes: { port: number }[] } } } }): number[] =>
    data.host.ports.nodes.map(({ port }) => port);

  it('orders the whole list, not the page', async () => {
    const { query, simulator } = await startGateway();
    const orderBy = [
      { field: 'STATUS', direction: 'DESC' },
      { field: 'PORT', direction: 'DESC' },
    ];
    const answer = await query(document, { id: 'host-350', orderBy, page: { limit: 3, offset: 1 } });
    // Every fourth is DANGER, from 1027 on.
    expect(ports(answer)).toEqual([1_367, 1_363, 1_359]);
    expect(answer.data.host.ports).toMatchObject({ totalCount: 350, hasNextPage: true });
    expect(asked(simulator)).toEqual(['host-350 0+200', 'host-350 200+200']);
  });

  it('is ascending where no direction is given', async () => {
    const { query } = await startGateway();
    expect(ports(await query(document, { id: 'risky-host', orderBy: [{ field: 'PORT' }] }))).toEqual([
      21, 22, 23, 68, 443, 445, 445, 3389,
    ]);
    const orderBy = [{ field: 'PORT', direction: null }];
    expect(ports(await query(document, { id: 'risky-host', orderBy, page: { limit: 2 } }))).toEqual([21, 22]);
  });

  it('shares the reads of all views of a host', async () => {
    const { query, simulator } = await startGateway();
    const { data } = await query(`{ host(id: "host-40") {
      page: ports(page: { limit: 40 }) { nodes { port } }
      byPort: ports(orderBy: [{ field: PORT, direction: DESC }]) { nodes { port } }
      byPath: ports(orderBy: [{ field: EXECUTABLE_PATH }, { field: PID }]) { nodes { port } }
      danger: ports(filter: { statuses: [DANGER, NORMAL] }) { totalCount }
      ssh: ports(filter: { executablePathContains: "sshd" }) { totalCount }
    } }`);
    expect(data.host.byPort.nodes[0].port).toBe(1_063);
    expect(data.host.danger.totalCount).toBe(20);
    expect(data.host.ssh.totalCount).toBe(8);
    expect(asked(simulator)).toEqual(['host-40 0+200']);
  });

  it('changes nothing where it is empty', async () => {
    const { query, simulator } = await startGateway();
    await query(document, { id: 'host-350', orderBy: [], page: { limit: 10 } });
    expect(asked(simulator)).toEqual(['host-350 0+10']);
  });

  it('may have a hundred items, though there are six fields', async () => {
    const { query, simulator } = await startGateway();
    expect((await query(document, { id: 'h', orderBy: many(100, { field: 'PORT' }) })).errors).toBeUndefined();
    simulator.clearCalls();
    const { errors } = await query(document, { id: 'h', orderBy: many(101, { field: 'PORT' }) });
    expect(errors?.map(({ extensions }) => extensions)).toEqual([{ code: 'BAD_USER_INPUT', argument: 'orderBy' }]);
    expect(simulator.calls).toEqual([]);
  });

  it('leaves the count to HSS where no rows are asked for, which a filter of the whole list does not', async () => {
    const { query, simulator } = await startGateway();
    const { data } = await query('{ host(id: "rehearse-long") { ports(orderBy: [{ field: PORT }]) { totalCount } } }');
    expect(data.host.ports.totalCount).toBe(10_000);
    expect(asked(simulator)).toEqual(['rehearse-long 0+10']);
    simulator.clearCalls();
    await query('{ host(id: "host-350") { ports(filter: { executablePathContains: "/" }) { totalCount } } }');
    expect(asked(simulator)).toEqual(['host-350 0+200', 'host-350 200+200']);
  });

  it('is refused after one read where the list is too long, and harms no neighbour', async () => {
    const { query, simulator } = await startGateway({ env: { MAX_WHOLE_LIST_ROWS: '300' } });
    const { data, errors } = await query(`{
      long: host(id: "host-350") { ordered: ports(orderBy: [{ field: PORT }]) { totalCount nodes { port } } }
      short: host(id: "host-40") { ordered: ports(orderBy: [{ field: PORT }]) { totalCount } }
      other: host(id: "host-350") { ports(filter: { protocol: TCP }) { totalCount } }
    }`);
    expect(errors).toMatchObject([
      { path: ['long', 'ordered'], extensions: { code: 'COST_LIMIT_EXCEEDED', estimate: 350, budget: 300 } },
    ]);
    expect(data).toMatchObject({
      long: { ordered: null },
      short: { ordered: { totalCount: 40 } },
      other: { ports: { totalCount: 263 } },
    });
    expect(asked(simulator).filter((call) => call === 'host-350 0+200')).toHaveLength(1);
  });
});

describe('a ceiling below the default of a page', () => {
  it('is the default', async () => {
    const { query } = await startGateway({ env: { MAX_PAGE_LIMIT: '4' } });
    const { data, errors } = await query(
      '{ host(id: "host-40") { ports(page: { offset: 2 }) { limit nodes { port } } portsConnection { nodes { port } } } }',
    );
    expect(errors).toBeUndefined();
    expect(data.host.ports.limit).toBe(4);
    expect(data.host.portsConnection.nodes).toHaveLength(4);
  });
});
