import { getIntrospectionQuery, graphqlSync } from 'graphql';
import { describe, expect, it } from 'vitest';
import { schema } from '../../src/schema/index.ts';
import { startGateway } from '../support/gateway.ts';

interface Answer {
  readonly query: string;
  readonly variables?: object;
  readonly data: unknown;
  /** Code, path and column of each. */
  readonly errors?: readonly (readonly [code: string, path: string, column: number])[];
}

const parsed = (json: string): object => JSON.parse(json) as object;

const answers: Readonly<Record<string, Answer>> = {
  'a page': {
    query:
      '{ host(id: "host-350") { ports(page: { limit: 2 }) { totalCount hasNextPage nodes { port host { id } } } } }',
    data: {
      host: {
        ports: {
          totalCount: 350,
          hasNextPage: true,
          nodes: [
            { port: 1024, host: { id: 'host-350' } },
            { port: 1025, host: { id: 'host-350' } },
          ],
        },
      },
    },
  },
  'a connection': {
    query: '{ host(id: "host-40") { portsConnection(first: 1) { edges { node { port } } pageInfo { hasNextPage } } } }',
    data: { host: { portsConnection: { edges: [{ node: { port: 1024 } }], pageInfo: { hasNextPage: true } } } },
  },
  'an alias that is called then': {
    query: '{ then: __typename host(id: "h") { then: id } }',
    data: { then: 'Query', host: { then: 'h' } },
  },
  'an alias that is called __proto__': {
    query: '{ __proto__: __typename host(id: "h") { __proto__: id } }',
    data: parsed('{ "__proto__": "Query", "host": { "__proto__": "h" } }'),
  },
  'a variable that is called __proto__': {
    query: 'query ($__proto__: ID!) { host(id: $__proto__) { id } }',
    variables: parsed('{ "__proto__": "z" }'),
    data: { host: { id: 'z' } },
  },
  'a default of a variable that is not null': {
    query: 'query ($id: ID! = "host-40") { host(id: $id) { id ports { totalCount } } }',
    data: { host: { id: 'host-40', ports: { totalCount: 40 } } },
  },
  'a single value for a list': {
    query: 'query ($ids: [ID!]!) { hosts(ids: $ids) { id } }',
    variables: { ids: 'host-40' },
    data: { hosts: [{ id: 'host-40' }] },
  },
  'a number for an ID': {
    query: 'query ($id: ID!) { host(id: $id) { id } }',
    variables: { id: 7 },
    data: { host: { id: '7' } },
  },
  'an enum and an input object': {
    query:
      'query ($filter: OpenPortFilterInput, $order: [OpenPortOrderInput!]) { host(id: "host-350") { ports(filter: $filter, orderBy: $order, page: { limit: 2 }) { totalCount nodes { port } } } }',
    variables: { filter: { statuses: ['NORMAL'], category: 'HOST' }, order: { field: 'PORT', direction: 'DESC' } },
    data: { host: { ports: { totalCount: 88, nodes: [{ port: 1373 }, { port: 1369 }] } } },
  },
  'a variable in an input object': {
    query:
      'query ($limit: Int, $status: PortStatus!) { host(id: "host-350") { ports(filter: { statuses: [$status] }, page: { limit: $limit, offset: 1 }) { limit nodes { port } } } }',
    variables: { limit: 1, status: 'NORMAL' },
    data: { host: { ports: { limit: 1, nodes: [{ port: 1029 }] } } },
  },
  'a variable that is null': {
    query: 'query ($limit: Int) { host(id: "host-40") { ports(page: { limit: $limit }) { limit } } }',
    variables: { limit: null },
    data: { host: { ports: { limit: 10 } } },
  },
  'variables and conditions': {
    query:
      'query ($n: Int!, $with: Boolean = false) { host(id: "host-40") { ports(page: { limit: $n }) { limit totalCount nodes @include(if: $with) { port } } } }',
    variables: { n: 2 },
    data: { host: { ports: { limit: 2, totalCount: 40 } } },
  },
  'a bad argument beside a good one': {
    query: '{ bad: host(id: "") { id } good: host(id: "h") { id } }',
    data: { bad: null, good: { id: 'h' } },
    errors: [['BAD_USER_INPUT', 'bad', 3]],
  },
  'bad items of lists': {
    query: '{ hosts(ids: ["", "a", ""]) { id } openPorts(ids: ["x"]) { port } }',
    data: { hosts: [null, { id: 'a' }, null], openPorts: [null] },
    errors: [
      ['BAD_USER_INPUT', 'hosts.0', 3],
      ['BAD_USER_INPUT', 'hosts.2', 3],
      ['BAD_USER_INPUT', 'openPorts.0', 36],
    ],
  },
  'one host that fails beside one that does not': {
    query: '{ hosts(ids: ["rehearse-forbidden", "host-40"]) { id ports { totalCount } } }',
    data: {
      hosts: [
        { id: 'rehearse-forbidden', ports: null },
        { id: 'host-40', ports: { totalCount: 40 } },
      ],
    },
    errors: [['FORBIDDEN', 'hosts.0.ports', 54]],
  },
  entities: {
    query:
      '{ _entities(representations: [{ __typename: "Host", id: "a" }, { __typename: "X", id: "a" }, { __typename: "Host", id: "" }]) { __typename ... on Host { id } } }',
    data: { _entities: [{ __typename: 'Host', id: 'a' }, null, null] },
    errors: [
      ['BAD_USER_INPUT', '_entities.1', 3],
      ['BAD_USER_INPUT', '_entities.2', 3],
    ],
  },
  introspection: {
    query: getIntrospectionQuery(),
    data: graphqlSync({ schema, source: getIntrospectionQuery() }).data,
  },
  'a fragment on a type': {
    query:
      'query { ...A } fragment A on Query { host(id: "h") { ...B } } fragment B on Host { id ports { totalCount } }',
    data: { host: { id: 'h', ports: { totalCount: 0 } } },
  },
  'a write with a refused target': {
    query:
      'mutation { setPortIgnore(input: { ignore: true, ports: [{ agentId: "a", port: 1, protocol: TCP }, { agentId: "a", port: 1, protocol: TCP6 }] }) { acceptedCount results { outcome then: outcome error { code } } hosts { id } } }',
    data: {
      setPortIgnore: {
        acceptedCount: 1,
        results: [
          { outcome: 'ACCEPTED', then: 'ACCEPTED', error: null },
          { outcome: 'REJECTED', then: 'REJECTED', error: { code: 'BAD_USER_INPUT' } },
        ],
        hosts: [],
      },
    },
  },
  'a write that is refused beside one that is not': {
    query:
      'mutation { a: setPortIgnore(input: { ignore: true, ports: [] }) { acceptedCount } b: setPortIgnore(input: { ignore: true, ports: [{ agentId: "a", port: 1, protocol: TCP }] }) { acceptedCount } }',
    data: { a: null, b: { acceptedCount: 1 } },
    errors: [['BAD_USER_INPUT', 'a', 12]],
  },
};

describe('an operation', () => {
  it.each(Object.entries(answers))(
    'is answered, and so again by the plan that is remembered: %s',
    async (_name, answer) => {
      const { query, log } = await startGateway({ env: { GRAPHIQL: 'false' } });
      for (let index = 0; index < 2; index++) {
        const { data, errors } = await query(answer.query, answer.variables);
        expect(data).toEqual(answer.data);
        expect(
          errors?.map(({ extensions, path, locations }) => [extensions.code, path?.join('.'), locations?.[0]?.column]),
        ).toEqual(answer.errors);
      }
      expect(log.filter(({ msg }) => msg === 'bug')).toEqual([]);
    },
  );

  it('makes the same calls, also where a variable leaves out a place of a field', async () => {
    const { query, simulator } = await startGateway();
    const text = `query ($all: Boolean!) {
      host(id: "host-350") { ...Rows @include(if: $all) ports(page: { limit: 350 }) { totalCount } }
    }
    fragment Rows on Host { ports(page: { limit: 350 }) { nodes { port } } }`;
    const calls: number[] = [];
    for (let index = 0; index < 2; index++) {
      simulator.clearCalls();
      await query(text, { all: false });
      calls.push(simulator.calls.length);
    }
    expect(calls).toEqual([1, 1]);
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
    expect(errors?.map(({ locations }) => locations)).toEqual([[{ line: 2, column: 3 }], [{ line: 4, column: 3 }]]);
  });
});
