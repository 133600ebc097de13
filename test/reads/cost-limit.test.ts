import fc from 'fast-check';
import { getOperationAST, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createBuiltInHosts } from '../../src/simulator/built-in-hosts.ts';
import { generateRows } from '../../src/simulator/generated-rows.ts';
import { estimateReads } from '../../src/cost/reads.ts';
import { schema } from '../../src/schema/index.ts';
import { createSelection } from '../../src/cost/selection.ts';
import { startGateway } from '../support/gateway.ts';

function estimate(query: string, variables: Record<string, unknown> = {}, maxPageLimit = 1_000): number {
  const document = parse(query);
  const operation = getOperationAST(document)!;
  return estimateReads(createSelection({ schema, document, operation, variables }), maxPageLimit);
}

const rows = '{ nodes { port } }';

describe('the estimate of reads', () => {
  it.each([
    ['nothing', '{ __typename }', 0],
    ['introspection', '{ __schema { types { name } } }', 0],
    ['a host alone', '{ host(id: "a") { id } }', 0],
    ['the default page', `{ host(id: "a") { ports ${rows} } }`, 1],
    ['a page of 200', `{ host(id: "a") { ports(page: { limit: 200 }) ${rows} } }`, 1],
    ['a page of 201', `{ host(id: "a") { ports(page: { limit: 201 }) ${rows} } }`, 2],
    ['a page of 1,000', `{ host(id: "a") { ports(page: { limit: 1000 }) ${rows} } }`, 5],
    ['a limit of null', `{ host(id: "a") { ports(page: { limit: null }) ${rows} } }`, 1],
    ['page flags', '{ host(id: "a") { ports(page: { limit: 1000 }) { hasNextPage hasPreviousPage } } }', 1],
    ['a total', '{ host(id: "a") { ports(page: { limit: 1000 }) { totalCount } } }', 1],
    ['aliases', `{ host(id: "a") { x: ports(page: { limit: 500 }) ${rows} y: ports { totalCount } } }`, 4],
    ['hosts', `{ hosts(ids: ["a", "b", "c"]) { ports(page: { limit: 1000 }) ${rows} } }`, 15],
    ['equal ids', `{ hosts(ids: ["a", "b", "a", "a"]) { ports(page: { limit: 1000 }) ${rows} } }`, 10],
    ['no hosts', `{ hosts(ids: []) { ports ${rows} } }`, 0],
    [
      'representations of hosts',
      `{ _entities(representations: [{ __typename: "Host", id: "a" }, { __typename: "Host", id: "b" }, { __typename: "Host", id: "a" }]) { ... on Host { ports(page: { limit: 400 }) ${rows} } } }`,
      4,
    ],
    [
      'representations of ports that are none',
      '{ _entities(representations: [{ __typename: "OpenPort", id: "x" }]) { __typename } }',
      0,
    ],
    ['a skipped field', `{ host(id: "a") { ports @skip(if: true) ${rows} } }`, 0],
    ['a field not included', `{ host(id: "a") { ports @include(if: false) ${rows} } }`, 0],
    [
      'rows not included',
      '{ host(id: "a") { ports(page: { limit: 1000 }) { totalCount nodes @include(if: false) { port } } } }',
      1,
    ],
    ['a skipped root field', `{ host(id: "a") @skip(if: true) { ports ${rows} } }`, 0],
    ['a limit out of bounds', `{ host(id: "a") { ports(page: { limit: 1001 }) ${rows} } }`, 0],
    ['a limit of 0', `{ host(id: "a") { ports(page: { limit: 0 }) ${rows} } }`, 0],
    [
      'the host below a port',
      `{ host(id: "a") { ports(page: { limit: 1000 }) { nodes { host { ports(page: { limit: 300 }) ${rows} } } } } }`,
      7,
    ],
    [
      'the host below the ports of two hosts',
      `{ hosts(ids: ["a", "b"]) { ports { nodes { host { ports(page: { limit: 300 }) ${rows} } } } } }`,
      6,
    ],
    [
      'a mutation alone',
      'mutation { setPortIgnore(input: { ignore: true, ports: [{ agentId: "a", port: 1, protocol: TCP }] }) { acceptedCount } }',
      0,
    ],
    [
      'the hosts of a mutation',
      `mutation { setPortIgnore(input: { ignore: true, ports: [
        { agentId: "a", port: 1, protocol: TCP, hostId: "h" } { agentId: "a", port: 2, protocol: TCP, hostId: "h" }
        { agentId: "a", port: 3, protocol: TCP, hostId: "i" } { agentId: "a", port: 4, protocol: TCP }
      ] }) { results { host { ports(page: { limit: 500 }) ${rows} } } } }`,
      6,
    ],
  ])('of %s', (_name, query, reads) => {
    expect(estimate(query)).toBe(reads);
  });

  it('merges what fragments add to one response key', () => {
    const query = `
      query { host(id: "a") { ...A ...B ... on Host { ports(page: { limit: 1000 }) { nodes { pid } } } } host(id: "a") { ...A } }
      fragment A on Host { ports(page: { limit: 1000 }) { totalCount } }
      fragment B on Host { ports(page: { limit: 1000 }) { ...Rows } }
      fragment Rows on OpenPortPage { nodes { port } }`;
    expect(estimate(query)).toBe(5);
  });

  it('takes no time to speak of for fragments that multiply each other', () => {
    const twenty = (next: string): string =>
      Array.from({ length: 20 }, (_, index) => `a${index}: ports { nodes { host { ...${next} } } }`).join(' ');
    const levels = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I'];
    const fragments = levels.slice(1).map((name, index) => `fragment ${levels[index]!} on Host { ${twenty(name)} }`);
    // Twenty to the power of eight fields: one by one they would take the test beyond its time.
    const query = `{ host(id: "a") { ...A } } ${fragments.join(' ')} fragment I on Host { id }`;
    expect(estimate(query)).toBe([1, 2, 3, 4, 5, 6, 7, 8].reduce((sum, power) => sum + 20 ** power, 0));
  });

  it('goes by the variables', () => {
    const query = `query ($ids: [ID!]!, $limit: Int, $skip: Boolean!) {
      hosts(ids: $ids) { ports(page: { limit: $limit }) @skip(if: $skip) ${rows} }
    }`;
    expect(estimate(query, { ids: ['a', 'b'], limit: 600, skip: false })).toBe(6);
    expect(estimate(query, { ids: ['a', 'b'], skip: false })).toBe(2);
    expect(estimate(query, { ids: ['a', 'b'], limit: 600, skip: true })).toBe(0);
  });

  it('goes by the configured ceiling of a page', () => {
    const query = `{ host(id: "a") { ports(page: { limit: 5000 }) ${rows} } }`;
    expect(estimate(query, {}, 10_000)).toBe(25);
    expect(estimate(query, {}, 1_000)).toBe(0);
  });
});

/** Operations of every shape that reads, over the lists of `hosts`. */
function operations(portIds: readonly string[]): fc.Arbitrary<string> {
  const hosts = ['host-0', 'host-1', 'host-40', 'host-350', 'host-1100', 'nobody'];
  const hostId = fc.constantFrom(...hosts);
  const page = (maxRows: number) =>
    fc.record({
      limit: fc.integer({ min: 1, max: maxRows }),
      offset: fc.oneof(fc.constant(0), fc.nat(1_200)),
    });
  const filter = fc.constantFrom('{}', '{ protocol: TCP }', '{ status: DANGER }', '{ category: CONTAINER }');
  const flags = fc.constantFrom('totalCount', 'hasNextPage', 'limit');
  const alias = fc.constantFrom('a', 'b', 'c');
  const portsField = (below: fc.Arbitrary<string>, maxRows: number): fc.Arbitrary<string> =>
    fc
      .tuple(page(maxRows), filter, fc.oneof(flags, below))
      .map(
        ([{ limit, offset }, given, fields]) =>
          `ports(page: { limit: ${limit}, offset: ${offset} }, filter: ${given}) { ${fields} }`,
      );
  const hostFields = (field: fc.Arbitrary<string>): fc.Arbitrary<string> =>
    fc
      .uniqueArray(fc.tuple(alias, field), { minLength: 1, maxLength: 3, selector: ([name]) => name })
      .map((fields) => fields.map(([name, selected]) => `${name}: ${selected}`).join(' '));
  const flat = portsField(fc.constant('nodes { port }'), 1_000);
  // Below a thousand rows, hosts would be refused for their number.
  const nested = portsField(
    hostFields(flat).map((fields) => `totalCount nodes { host { ${fields} } }`),
    20,
  );
  const ofHost = hostFields(fc.oneof({ weight: 3, arbitrary: flat }, nested));
  const list = (items: readonly string[]): string => JSON.stringify(items);
  const representations = (typeName: string, ids: readonly string[]): string =>
    `[${ids.map((id) => `{ __typename: "${typeName}", id: "${id}" }`).join(' ')}]`;
  const root = fc.oneof(
    fc.tuple(hostId, ofHost).map(([id, fields]) => `host(id: "${id}") { ${fields} }`),
    fc
      .tuple(fc.array(hostId, { maxLength: 6 }), ofHost)
      .map(([ids, fields]) => `hosts(ids: ${list(ids)}) { ${fields} }`),
    fc
      .tuple(fc.array(hostId, { maxLength: 6 }), ofHost)
      .map(
        ([ids, fields]) => `_entities(representations: ${representations('Host', ids)}) { ... on Host { ${fields} } }`,
      ),
    fc
      .tuple(fc.array(fc.constantFrom(...portIds), { maxLength: 8 }), hostFields(flat))
      .map(
        ([ids, fields]) =>
          `_entities(representations: ${representations('OpenPort', ids)}) { ... on OpenPort { id host { ${fields} } } }`,
      ),
  );
  return fc
    .array(root, { minLength: 1, maxLength: 3 })
    .map((roots) => `{ ${roots.map((field, index) => `r${index}: ${field}`).join(' ')} }`);
}

describe('an operation', () => {
  it('takes no more reads than were estimated, but for one a host whose ports are looked for in vain together', async () => {
    const { query, simulator } = await startGateway({
      env: { MAX_UPSTREAM_READS: '100000' },
      simulator: {
        data: [...createBuiltInHosts(), { hostId: 'host-1100', rows: generateRows('host-1100', 'agent', 1_100) }],
      },
    });
    const read = await query(
      '{ hosts(ids: ["host-40", "host-1100"]) { ports(page: { limit: 1000 }) { nodes { id } } } }',
    );
    const portIds = read.data.hosts.flatMap(({ ports }: { ports: { nodes: { id: string }[] } }) =>
      ports.nodes.filter((_, index) => index % 37 === 0).map(({ id }) => id),
    ) as string[];
    expect(portIds.length).toBeGreaterThan(20);

    let reached = 0;
    await fc.assert(
      fc.asyncProperty(operations(portIds), async (operation) => {
        simulator.clearCalls();
        const { errors } = await query(operation);
        expect(errors).toBeUndefined();
        const estimated = estimate(operation);
        // The ids are of ports of two hosts.
        const inVain = 2 * (operation.match(/on OpenPort/g)?.length ?? 0);
        expect(simulator.calls.length).toBeLessThanOrEqual(estimated + inVain);
        if (simulator.calls.length === estimated) reached += 1;
      }),
      { numRuns: 80 },
    );
    // And no figure out of thin air: without anything to merge, it is what was needed.
    expect(reached).toBeGreaterThan(0);
  });
});

describe('the budget of reads', () => {
  const hosts = (count: number): string[] => Array.from({ length: count }, (_, index) => `h${index}`);
  const pages = `query ($ids: [ID!]!) { hosts(ids: $ids) { ports(page: { limit: 1000 }) ${rows} } }`;

  it('refuses what may need more, with the figures, before the first call', async () => {
    const { query, simulator } = await startGateway();
    const { data, errors } = await query(pages, { ids: hosts(21) });
    expect(data).toBeUndefined();
    expect(errors).toHaveLength(1);
    expect(errors?.[0]?.extensions).toEqual({ code: 'COST_LIMIT_EXCEEDED', estimate: 105, budget: 100 });
    expect(errors?.[0]?.message).toContain('105');
    expect(errors?.[0]?.message).toContain('100');
    expect(simulator.calls).toEqual([]);
  });

  it('lets through what may need just as much', async () => {
    const { query } = await startGateway();
    const { errors } = await query(pages, { ids: [...hosts(20), ...hosts(20)] });
    expect(errors).toBeUndefined();
  });

  it.each([
    ['application/graphql-response+json', 400],
    ['application/json', 200],
  ])('is answered by the status that GraphQL over HTTP asks for: %s', async (accept, status) => {
    const { query } = await startGateway();
    const answer = await query(pages, { ids: hosts(21) }, { accept });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain(accept);
    expect(answer.errors?.[0]?.extensions.code).toBe('COST_LIMIT_EXCEEDED');
  });

  it('is MAX_UPSTREAM_READS', async () => {
    const { query, simulator } = await startGateway({ env: { MAX_UPSTREAM_READS: '5' } });
    const two = await query(pages, { ids: hosts(2) });
    expect(two.errors?.[0]?.extensions).toMatchObject({ code: 'COST_LIMIT_EXCEEDED', estimate: 10, budget: 5 });
    expect(simulator.calls).toEqual([]);
    const one = await query(pages, { ids: hosts(1) });
    expect(one.errors).toBeUndefined();
  });

  it('holds for mutations: nothing is written', async () => {
    const { query, simulator } = await startGateway({ env: { MAX_UPSTREAM_READS: '4' } });
    const { data, errors } = await query(`mutation {
      setPortIgnore(input: { ignore: true, ports: [{ agentId: "a", port: 1, protocol: TCP, hostId: "h" }] }) {
        results { host { ports(page: { limit: 1000 }) ${rows} } }
      }
    }`);
    expect(data).toBeUndefined();
    expect(errors?.[0]?.extensions.code).toBe('COST_LIMIT_EXCEEDED');
    expect(simulator.calls).toEqual([]);
  });

  it('leaves a bad limit to its own field, and the siblings go on', async () => {
    const { query, simulator } = await startGateway();
    const { data, errors } = await query(`{
      hosts(ids: ["host-40", "host-1"]) { bad: ports(page: { limit: 1000000 }) ${rows} good: ports { totalCount } }
    }`);
    expect(errors?.map(({ path, extensions }) => [path?.join('.'), extensions])).toEqual([
      ['hosts.0.bad', { code: 'BAD_USER_INPUT', argument: 'page.limit' }],
      ['hosts.1.bad', { code: 'BAD_USER_INPUT', argument: 'page.limit' }],
    ]);
    expect(data.hosts).toEqual([
      { bad: null, good: { totalCount: 40 } },
      { bad: null, good: { totalCount: 1 } },
    ]);
    expect(simulator.calls).toHaveLength(2);
  });

  it('holds for the operation that is chosen, not for its neighbours in the document', async () => {
    const { fetch } = await startGateway({ env: { MAX_UPSTREAM_READS: '1' } });
    const send = async (operationName: string) => {
      const response = await fetch('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-auth-token': 'token' },
        body: JSON.stringify({
          operationName,
          query: `query Large { host(id: "host-40") { ports(page: { limit: 1000 }) ${rows} } }
                  query Small { host(id: "host-40") { ports { totalCount } } }`,
        }),
      });
      return (await response.json()) as { data?: unknown; errors?: { extensions: { code: string } }[] };
    };
    expect((await send('Small')).data).toEqual({ host: { ports: { totalCount: 40 } } });
    expect((await send('Large')).errors?.[0]?.extensions.code).toBe('COST_LIMIT_EXCEEDED');
  });
});

describe('the size of an answer', () => {
  const nested = (levels: number): string =>
    levels === 0 ? 'port' : `host { ports(page: { limit: 1000 }) { nodes { ${nested(levels - 1)} } } }`;

  it('is bounded where ports have hosts that have ports', async () => {
    const { query, simulator } = await startGateway();
    const { data, errors } = await query(
      `{ host(id: "host-350") { ports(page: { limit: 1000 }) { nodes { ${nested(2)} } } } }`,
    );
    expect(data).toBeUndefined();
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'COST_LIMIT_EXCEEDED', budget: 2_000 });
    expect(simulator.calls).toEqual([]);
  });

  it('is bounded where a field is selected under a hundred names', async () => {
    const { query } = await startGateway();
    const ids = Array.from({ length: 1_000 }, (_, index) => `${index}`.padStart(128, 'h'));
    const aliases = Array.from({ length: 90 }, (_, index) => `a${index}: id`).join(' ');
    const text = `query ($ids: [ID!]!) { hosts(ids: $ids) { ${aliases} } }`;
    const { data, errors } = await query(text, { ids }, { 'x-auth-token': '' });
    expect(data).toBeUndefined();
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'COST_LIMIT_EXCEEDED', budget: 8 * 1024 * 1024 });
    expect((await query('query ($ids: [ID!]!) { hosts(ids: $ids) { id } }', { ids })).data.hosts).toHaveLength(1_000);
  });

  it('is bounded where one id is given many times, with a token or without', async () => {
    const { query } = await startGateway();
    const aliases = Array.from({ length: 90 }, (_, index) => `a${index}: id`).join(' ');
    const ids = Array.from({ length: 20_000 }, () => 'h');
    const text = `query ($ids: [ID!]!) { hosts(ids: $ids) { ${aliases} } }`;
    const { data, errors } = await query(text, { ids }, { 'x-auth-token': '' });
    expect(data).toBeUndefined();
    expect(errors?.[0]?.extensions).toEqual({ code: 'COST_LIMIT_EXCEEDED', estimate: 20_000, budget: 5_000 });
  });

  it('leaves room for what the budget of reads allows, every field of every row', async () => {
    const { query } = await startGateway();
    const fields = 'id host { id } port protocol status listenAddress pid executablePath agentId containerId';
    const ids = Array.from({ length: 20 }, (_, index) => `h${index}`);
    const text = `query ($ids: [ID!]!) { hosts(ids: $ids) { id ports(page: { limit: 1000 }) { totalCount nodes { ${fields} } } } }`;
    expect((await query(text, { ids })).errors).toBeUndefined();
  });

  it('leaves room for the results of the largest write, whatever the budget', async () => {
    const { query } = await startGateway({ env: { MAX_UPSTREAM_READS: '1' } });
    const ports = Array.from({ length: 2_000 }, (_, port) => ({ agentId: 'a', port, protocol: 'TCP' }));
    const { data } = await query(
      `mutation ($ports: [OpenPortKeyInput!]) {
        setPortIgnore(input: { ignore: true, ports: $ports }) {
          acceptedCount
          results { outcome portId agentId port protocol containerId hostId host { id } error { code message } }
        }
      }`,
      { ports },
    );
    expect(data.setPortIgnore.acceptedCount).toBe(2_000);
  });
});

describe('an operation that HSS alone would find cheap', () => {
  const aliases = (count: number, field: string): string =>
    Array.from({ length: count }, (_, index) => `a${index}: ${field}`).join(' ');

  it('may not fail in thousands of fields', async () => {
    const { query } = await startGateway();
    const ids = Array.from({ length: 60 }, () => 'h');
    const text = `query ($ids: [ID!]!) { hosts(ids: $ids) { ${aliases(50, 'ports { totalCount }')} } }`;
    const { errors } = await query(text, { ids }, { 'x-auth-token': '' });
    expect(errors?.map(({ extensions }) => extensions)).toEqual([
      { code: 'COST_LIMIT_EXCEEDED', estimate: 60 * 51, budget: 2_000 },
    ]);
  });

  it('may name a host a thousand times', async () => {
    const { query, simulator } = await startGateway();
    const ids = Array.from({ length: 999 }, () => 'host-1');
    const { data } = await query('query ($ids: [ID!]!) { hosts(ids: $ids) { ports { totalCount } } }', { ids });
    expect(data.hosts).toHaveLength(999);
    expect(simulator.calls).toHaveLength(1);
  });

  it.each([
    ['hosts', 'query ($list: [ID!]!) { hosts(ids: $list) { id } }', ''],
    ['representations', 'query ($list: [_Any!]!) { _entities(representations: $list) { __typename } }', {}],
  ])('may not name any number of %s', async (_what, text, item) => {
    const { query } = await startGateway();
    const { errors } = await query(text, { list: Array.from({ length: 5_001 }, () => item) });
    expect(errors?.map(({ extensions }) => extensions)).toEqual([
      { code: 'COST_LIMIT_EXCEEDED', estimate: 5_001, budget: 5_000 },
    ]);
  });

  it('is refused soon where its variables are wrong in a hundred thousand places', async () => {
    const { query } = await startGateway();
    const { errors } = await query('mutation ($i: SetPortIgnoreInput!) { setPortIgnore(input: $i) { ignore } }', {
      i: { ignore: true, ports: Array.from({ length: 200_000 }, () => ({})) },
    });
    expect(errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT' });
  });

  it('may not write without end', async () => {
    const { query, simulator } = await startGateway();
    const ports = Array.from({ length: 2_000 }, (_, port) => ({ agentId: 'a', port, protocol: 'TCP' }));
    const text = (count: number): string =>
      `mutation ($i: SetPortIgnoreInput!) { ${aliases(count, 'setPortIgnore(input: $i) { acceptedCount }')} }`;
    const two = await query(text(2), { i: { ignore: true, ports } });
    expect(two.data).toEqual({ a0: { acceptedCount: 2_000 }, a1: { acceptedCount: 2_000 } });
    simulator.clearCalls();
    const three = await query(text(3), { i: { ignore: true, ports } });
    expect(three.errors?.[0]?.extensions).toEqual({ code: 'COST_LIMIT_EXCEEDED', estimate: 6_000, budget: 5_000 });
    expect(simulator.calls).toEqual([]);
  });

  it('may not write to any number of enterprise projects', async () => {
    const { query, simulator } = await startGateway();
    const portIds = Array.from({ length: 60 }, (_, index) =>
      Buffer.from(
        JSON.stringify([2, 'h', 'host', `ep${index}`, 'a', null, 'TCP', '0.0.0.0', 1 + index, 1, null, 0]),
      ).toString('base64url'),
    );
    const { errors } = await query(
      'mutation ($i: SetPortIgnoreInput!) { setPortIgnore(input: $i) { acceptedCount } }',
      { i: { ignore: true, portIds } },
    );
    expect(errors?.[0]?.extensions).toEqual({ code: 'COST_LIMIT_EXCEEDED', estimate: 60, budget: 50 });
    expect(simulator.calls).toEqual([]);
  });

  it('may not read more than twice its budget by ids that name no port', async () => {
    const { query, simulator } = await startGateway({ env: { MAX_UPSTREAM_READS: '5' } });
    const noPort = JSON.stringify([2, 'host-10000', 'host', null, 'a', null, 'SCTP', '0.0.0.0', null, 1, null, 0]);
    const id = Buffer.from(noPort).toString('base64url');
    const { data, errors } = await query(
      'query ($list: [_Any!]!) { _entities(representations: $list) { ... on OpenPort { port } } }',
      { list: [{ __typename: 'OpenPort', id }] },
    );
    expect(data).toEqual({ _entities: [null] });
    expect(errors?.[0]?.extensions).toEqual({ code: 'COST_LIMIT_EXCEEDED' });
    expect(simulator.calls).toHaveLength(10);
  });
});
