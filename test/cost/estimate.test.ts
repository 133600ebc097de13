import { describe, expect, it } from 'vitest';
import { compile } from './compile.ts';

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
    ...[
      'orderBy: [{ field: PORT }]',
      'filter: { executablePathContains: "x" }',
      'filter: { listenAddresses: ["::"] }',
      'filter: { statuses: [DANGER, NORMAL] }',
      'filter: { protocols: [TCP, UDP] }',
      'filter: { portNumbers: [22, 80] }',
    ].map((whole): [string, string, number] => [
      `a whole list, by ${whole}`,
      `{ host(id: "a") { ports(${whole}, page: { limit: 1000 }) ${rows} portsConnection(${whole}, first: 1000) ${rows} } }`,
      2,
    ]),
    ...[
      'orderBy: []',
      'filter: { statuses: [DANGER, DANGER] }',
      'filter: { status: DANGER, statuses: [DANGER, NORMAL] }',
      'filter: { protocol: TCP, protocols: [TCP, UDP] }',
      'filter: { port: 22, portNumbers: [22, 80] }',
    ].map((narrow): [string, string, number] => [
      `a list that HSS filters, by ${narrow}`,
      `{ host(id: "a") { ports(${narrow}, page: { limit: 1000 }) ${rows} } }`,
      5,
    ]),
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

  it.each([
    ['multiply each other', ''],
    ['multiply each other by variables', '(page: { limit: $limit })'],
  ])('takes no time to speak of for fragments that %s', (_how, page) => {
    const twenty = (next: string): string =>
      Array.from({ length: 20 }, (_, index) => `a${index}: ports${page} { nodes { host { ...${next} } } }`).join(' ');
    const levels = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I'];
    const fragments = levels.slice(1).map((name, index) => `fragment ${levels[index]!} on Host { ${twenty(name)} }`);
    // Twenty to the power of eight fields: one by one they would take the test beyond its time.
    const query = `query ${page && '($limit: Int)'} { host(id: "a") { ...A } } ${fragments.join(' ')} fragment I on Host { id }`;
    expect(estimate(query, { limit: 10 })).toBe([1, 2, 3, 4, 5, 6, 7, 8].reduce((sum, power) => sum + 20 ** power, 0));
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
