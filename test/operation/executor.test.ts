import { describe, expect, it } from 'vitest';
import { startGateway } from '../support/gateway.ts';

/** A document is planned when it comes first. */
const repeats = 3;

const row = 'id port protocol status listenAddress pid executablePath agentId containerId ignoreKey host { id }';
const documents: Readonly<Record<string, readonly [query: string, variables?: object]>> = {
  'a page': [`{ host(id: "host-350") { ports(page: { limit: 3 }) { totalCount hasNextPage nodes { ${row} } } } }`],
  'a connection': [
    '{ host(id: "host-40") { portsConnection(first: 2) { edges { cursor node { port } } pageInfo { endCursor } } } }',
  ],
  'an alias that is called then': ['{ then: __typename host(id: "h") { then: id } }'],
  'an alias that is called __proto__': ['{ __proto__: __typename host(id: "h") { __proto__: id } }'],
  'a variable that is called __proto__': [
    'query ($__proto__: ID!) { host(id: $__proto__) { id } }',
    JSON.parse('{ "__proto__": "z" }') as object,
  ],
  'a default of a variable that is not null': [
    'query ($id: ID! = "host-40") { host(id: $id) { id ports { totalCount } } }',
  ],
  'a single value for a list': ['query ($ids: [ID!]!) { hosts(ids: $ids) { id } }', { ids: 'host-40' }],
  'a number for an ID': ['query ($id: ID!) { host(id: $id) { id } }', { id: 7 }],
  'an enum and an input object': [
    'query ($filter: OpenPortFilterInput, $order: [OpenPortOrderInput!]) { host(id: "host-350") { ports(filter: $filter, orderBy: $order) { totalCount nodes { port } } } }',
    { filter: { protocols: ['TCP', 'UDP'], category: 'HOST' }, order: { field: 'PORT', direction: 'DESC' } },
  ],
  'a variable that is null': [
    'query ($limit: Int) { host(id: "host-40") { ports(page: { limit: $limit }) { limit } } }',
    { limit: null },
  ],
  'variables and conditions': [
    'query ($n: Int!, $with: Boolean = false) { host(id: "host-40") { ports(page: { limit: $n }) { totalCount nodes @include(if: $with) { port } } } }',
    { n: 2 },
  ],
  'a bad argument beside a good one': ['{ bad: host(id: "") { id } good: host(id: "h") { id } }'],
  'bad items of lists': ['{ hosts(ids: ["", "a", ""]) { id } openPorts(ids: ["x"]) { port } }'],
  'one host that fails beside one that does not': [
    '{ hosts(ids: ["rehearse-forbidden", "host-40"]) { id ports { totalCount } } }',
  ],
  entities: [
    '{ _entities(representations: [{ __typename: "Host", id: "a" }, { __typename: "X", id: "a" }, { __typename: "Host", id: "" }]) { __typename ... on Host { id } } }',
  ],
  introspection: ['{ __schema { queryType { name } types { name fields { name } } } }'],
  'a fragment on a type': [
    'query { ...A } fragment A on Query { host(id: "h") { ...B } } fragment B on Host { id ports { totalCount } }',
  ],
  'a write with a refused target': [
    'mutation { setPortIgnore(input: { ignore: true, ports: [{ agentId: "a", port: 1, protocol: TCP }, { agentId: "a", port: 1, protocol: TCP6 }] }) { acceptedCount results { outcome then: outcome error { code } } hosts { id } } }',
  ],
  'a write that is refused beside one that is not': [
    'mutation { a: setPortIgnore(input: { ignore: true, ports: [] }) { acceptedCount } b: setPortIgnore(input: { ignore: true, ports: [{ agentId: "a", port: 1, protocol: TCP }] }) { acceptedCount } }',
  ],
};

describe('an operation that comes again', () => {
  it.each(Object.keys(documents))('has the same result: %s', async (name) => {
    const { query, log } = await startGateway({ env: { GRAPHIQL: 'false' } });
    const [document, variables] = documents[name]!;
    const results: unknown[] = [];
    for (let index = 0; index < repeats; index++) {
      const { data, errors } = await query(document, variables);
      results.push({ data, errors: errors?.map(({ extensions, ...error }) => ({ ...error, code: extensions.code })) });
    }
    for (const result of results) expect(result).toEqual(results[0]);
    expect(JSON.stringify(results)).not.toContain('INTERNAL_SERVER_ERROR');
    expect(log.filter(({ msg }) => msg === 'bug')).toEqual([]);
  });

  it('makes the same calls, also where a variable leaves out a place of a field', async () => {
    const { query, simulator } = await startGateway();
    const text = `query ($all: Boolean!) {
      host(id: "host-350") { ...Rows @include(if: $all) ports(page: { limit: 350 }) { totalCount } }
    }
    fragment Rows on Host { ports(page: { limit: 350 }) { nodes { port } } }`;
    const calls: number[] = [];
    for (let index = 0; index < repeats; index++) {
      simulator.clearCalls();
      await query(text, { all: false });
      calls.push(simulator.calls.length);
    }
    expect(calls).toEqual(Array(repeats).fill(1));
  });

  it.each<Record<string, string>>([{}, { 'x-auth-token': '' }])(
    'is refused where a condition is null, with its place: %o',
    async (headers) => {
      const { query } = await startGateway();
      const text = 'query ($y: Boolean = true) { host(id: "h") { id ports { totalCount @include(if: $y) } } }';
      const { data, errors } = await query(text, { y: null }, headers);
      expect(data).toBeUndefined();
      expect(errors).toMatchObject([
        { extensions: { code: 'BAD_USER_INPUT' }, locations: [{ line: 1, column: text.indexOf('$y)') + 1 }] },
      ]);
    },
  );

  it.each([
    ['query ($i: ID = "d") { host(id: $i) { id } ok: __typename }', { ok: 'Query', host: null }],
    ['query ($i: [ID!] = ["d"]) { hosts(ids: $i) { id } ok: __typename }', null],
    ['query ($i: ID = "d") { openPort(id: $i) { port } ok: __typename }', { ok: 'Query', openPort: null }],
    [
      'query ($i: PortStatus = DANGER) { host(id: "h") { ports(filter: { statuses: [$i] }) { limit } } ok: __typename }',
      { ok: 'Query', host: { ports: null } },
    ],
    [
      'mutation ($i: Boolean = true) { setPortIgnore(input: { ignore: $i, ports: [{ agentId: "a", port: 1, protocol: TCP }] }) { ignore } ok: __typename }',
      { ok: 'Mutation', setPortIgnore: null },
    ],
  ])('fails in a field whose argument is a variable that is null in spite of its default: %s', async (text, wanted) => {
    const { query, log, simulator } = await startGateway();
    const { data, errors } = await query(text, { i: null });
    expect(data).toEqual(wanted);
    expect(errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT' }, message: expect.stringMatching(/\$i|null|invalid value/) as string },
    ]);
    expect(log.filter(({ msg }) => msg === 'bug')).toEqual([]);
    expect(simulator.calls).toEqual([]);
  });

  it('finds the places of errors, in whatever line and line end they are', async () => {
    const { query } = await startGateway();
    const { errors } = await query('{\r\n  a: host(id: "") { id }\n\r  b: host(\n    id: "") { id } }');
    expect(errors?.map((error) => (error as { locations?: unknown }).locations)).toEqual([
      [{ line: 2, column: 3 }],
      [{ line: 4, column: 3 }],
    ]);
  });
});
