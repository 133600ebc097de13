import fc from 'fast-check';
import { getOperationAST, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createBuiltInHosts } from '../../src/simulator/built-in-hosts.ts';
import { generateRows } from '../../src/simulator/generated-rows.ts';
import { compileCost, type CostOf } from '../../src/cost/compile-cost.ts';
import { schema } from '../../src/schema/index.ts';
import { startGateway } from '../support/gateway.ts';

function compile(query: string, maxPageLimit = 1_000): CostOf {
  const document = parse(query);
  const operation = getOperationAST(document)!;
  const settings = { maxPageLimit, maxWholeListRows: 2_000, enterpriseProjectId: null };
  return compileCost({ schema, document, operation, settings });
}

const estimate = (query: string, variables: Record<string, unknown> = {}, maxPageLimit = 1_000): number =>
  compile(query, maxPageLimit)(variables, true).reads;

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
    ['a connection', `{ host(id: "a") { portsConnection { edges { node { port } } } } }`, 1],
    ['a connection of 201', `{ host(id: "a") { portsConnection(first: 201) { edges { cursor } } } }`, 2],
    [
      'a connection to its last cursor',
      `{ host(id: "a") { portsConnection(first: 201) { pageInfo { endCursor } } } }`,
      2,
    ],
    [
      'flags of a connection',
      `{ host(id: "a") { portsConnection(first: 201) { pageInfo { hasNextPage } totalCount } } }`,
      1,
    ],
    ['a connection out of bounds', `{ host(id: "a") { portsConnection(first: 0) ${rows} } }`, 0],
    ['an ordered list', `{ host(id: "a") { ports(orderBy: [{ field: PORT }]) ${rows} } }`, 1],
    ['an id that is none', '{ openPort(id: "x") { port } }', 0],
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
    [
      'the distinct hosts of a mutation',
      `mutation { setPortIgnore(input: { ignore: true, ports: [
        { agentId: "a", port: 1, protocol: TCP, hostId: "h" } { agentId: "a", port: 2, protocol: TCP6, hostId: "h" }
        { agentId: "a", port: 3, protocol: TCP, hostId: "i" } { agentId: "a", port: 4, protocol: TCP }
      ] }) { hosts { ports(page: { limit: 500 }) ${rows} } } }`,
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
    const costOf = compile(query);
    const reads = (variables: Record<string, unknown>): number => costOf(variables, true).reads;
    expect(reads({ ids: ['a', 'b'], limit: 600, skip: false })).toBe(6);
    expect(reads({ ids: ['a', 'b'], skip: false })).toBe(2);
    expect(reads({ ids: ['a', 'b'], limit: 600, skip: true })).toBe(0);
    expect(reads({ ids: ['a'], limit: 600, skip: false })).toBe(3);
  });

  it('forgets no combination of many conditions', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const fields = names.map((name) => `${name}: ports @include(if: $${name}) ${rows}`).join(' ');
    const costOf = compile(
      `query (${names.map((name) => `$${name}: Boolean!`).join()}) { host(id: "h") { ${fields} } }`,
    );
    for (let bits = 0; bits < 64; bits += 1) {
      const variables = Object.fromEntries(names.map((name, index) => [name, (bits & (1 << index)) !== 0]));
      expect(costOf(variables, true).reads).toBe(Object.values(variables).filter(Boolean).length);
    }
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
  const filter = fc.constantFrom('{}', '{ protocol: TCP }', '{ status: DANGER }', '{ statuses: [DANGER] }');
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
  const connection = fc
    .tuple(fc.integer({ min: 1, max: 1_000 }), filter, fc.constantFrom(null, 0, 7, 350))
    .map(([first, given, after]) => {
      const cursor = after === null ? '' : `, after: "${Buffer.from(`row:${after}`).toString('base64url')}"`;
      return `portsConnection(first: ${first}, filter: ${given}${cursor}) { edges { cursor node { id port } } pageInfo { hasNextPage endCursor } }`;
    });
  const flat = fc.oneof(portsField(fc.constant('nodes { id port ignoreKey }'), 1_000), connection);
  // Below a thousand rows, hosts would be refused for their number.
  const nested = portsField(
    hostFields(portsField(fc.constant('nodes { port }'), 400)).map(
      (fields) => `totalCount nodes { host { ${fields} } }`,
    ),
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
      .map(([ids, fields]) => `openPorts(ids: ${list(ids)}) { id host { ${fields} } }`),
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
        const { data, errors } = await query(operation);
        expect(errors).toBeUndefined();
        const { reads: estimated, characters } = compile(operation)({}, true);
        expect(sizeOf({ data })).toBeLessThanOrEqual(characters);
        // The ids are of ports of two hosts.
        const inVain = 2 * (operation.match(/on OpenPort|openPorts/g)?.length ?? 0);
        expect(simulator.calls.length).toBeLessThanOrEqual(estimated + inVain);
        if (simulator.calls.length === estimated) reached += 1;
      }),
      { numRuns: 80 },
    );
    // And no figure out of thin air: without anything to merge, it is what was needed.
    expect(reached).toBeGreaterThan(0);
  });

  it('fails and answers no more than was estimated, without a token', async () => {
    const { query } = await startGateway({ env: { MAX_UPSTREAM_READS: '100000' } });
    await fc.assert(
      fc.asyncProperty(operations(['x']), async (operation) => {
        const { data, errors = [] } = await query(operation, {}, { 'x-auth-token': '' });
        const { failures, characters } = compile(operation)({}, false);
        expect(errors.length).toBeLessThanOrEqual(failures);
        expect(sizeOf({ data, errors })).toBeLessThanOrEqual(characters);
      }),
      { numRuns: 60 },
    );
  });
});

const sizeOf = (answer: object): number => Buffer.byteLength(JSON.stringify(answer));
