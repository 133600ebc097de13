import { getIntrospectionQuery } from 'graphql';
import { describe, expect, it } from 'vitest';
import { startGateway } from '../support/gateway.ts';

const rows = '{ nodes { port } }';

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
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'COST_LIMIT_EXCEEDED', budget: 2_001 });
    expect(simulator.calls).toEqual([]);
  });

  it('is bounded where a field is selected under a hundred names', async () => {
    const { query } = await startGateway();
    const ids = Array.from({ length: 1_000 }, (_, index) => `${index}`.padStart(128, 'h'));
    const aliases = Array.from({ length: 90 }, (_, index) => `a${index}: id`).join(' ');
    const text = `query ($ids: [ID!]!) { hosts(ids: $ids) { ${aliases} } }`;
    const { data, errors } = await query(text, { ids });
    expect(data).toBeUndefined();
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'COST_LIMIT_EXCEEDED', budget: 8 * 1024 * 1024 });
    expect((await query('query ($ids: [ID!]!) { hosts(ids: $ids) { id } }', { ids })).data.hosts).toHaveLength(1_000);
  });

  it.each([
    ['no call', '', 0],
    ['a call', 'ports { totalCount }', 1],
    ['five calls', 'ports(page: { limit: 1000 }) { nodes { port } }', 5],
  ])('may have 8 Mi characters, and 0.5 Mi for each call that reads: %s', async (_what, ports, reads) => {
    const { query, simulator } = await startGateway();
    const aliases = Array.from({ length: 90 }, (_, index) => `a${index}: id`).join(' ');
    const text = `query ($ids: [ID!]!) { hosts(ids: $ids) { ${aliases} } host(id: "h") { id ${ports} } }`;
    const { errors } = await query(text, {
      ids: Array.from({ length: 1_000 }, (_, index) => `${index}`.padEnd(128, 'x')),
    });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'COST_LIMIT_EXCEEDED', budget: 2 ** 23 + reads * 2 ** 19 });
    expect(simulator.calls).toEqual([]);
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

  it('leaves room for the ports of their host, read again', async () => {
    const { query } = await startGateway();
    const ports = Array.from({ length: 2_000 }, (_, port) => ({ agentId: 'a', port, protocol: 'TCP', hostId: 'h' }));
    const { data } = await query(
      `mutation ($ports: [OpenPortKeyInput!]) {
        setPortIgnore(input: { ignore: true, ports: $ports }) { results { host { ports { totalCount } } } }
      }`,
      { ports },
    );
    expect(data.setPortIgnore.results).toHaveLength(2_000);
  });

  it('counts a whole list as one call, whatever the limit', async () => {
    const { query, simulator } = await startGateway({ env: { MAX_UPSTREAM_READS: '20' } });
    const ids = Array.from({ length: 20 }, (_, index) => `host-${index}`);
    const { errors } = await query(
      'query ($ids: [ID!]!) { hosts(ids: $ids) { ports(orderBy: { field: PORT }, page: { limit: 1000 }) { nodes { port } } } }',
      { ids },
    );
    expect(errors).toBeUndefined();
    expect(simulator.calls).toHaveLength(20);
  });
});

describe('an operation that HSS alone would find cheap', () => {
  const aliases = (count: number, field: string): string =>
    Array.from({ length: count }, (_, index) => `a${index}: ${field}`).join(' ');

  it('may not fail in thousands of fields', async () => {
    const { query } = await startGateway();
    const ids = Array.from({ length: 60 }, () => 'h');
    const text = `query ($ids: [ID!]!) { hosts(ids: $ids) { ${aliases(50, 'ports { totalCount }')} } }`;
    const { errors } = await query(text, { ids });
    expect(errors?.map(({ extensions }) => extensions)).toEqual([
      { code: 'COST_LIMIT_EXCEEDED', estimate: 60 * 51, budget: 2_001 },
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

describe('an operation without a token', () => {
  const noToken = { 'x-auth-token': '' };
  const maxBytes = 2 * 1024 * 1024;
  const refused = { code: 'COST_LIMIT_EXCEEDED', budget: maxBytes };

  it('is told so by each field that needs HSS, however much it asks for', async () => {
    const { query } = await startGateway();
    const text = `query ($ids: [ID!]!) { hosts(ids: $ids) { id ports(page: { limit: 1000 }) { nodes { id } } } }`;
    const { errors } = await query(text, { ids: Array.from({ length: 20 }, (_, index) => `h${index}`) }, noToken);
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(
      Array.from({ length: 20 }, () => 'UNAUTHENTICATED'),
    );
  });

  it('may not fail in a thousand fields', async () => {
    const { query } = await startGateway();
    const text = 'query ($ids: [ID!]!) { hosts(ids: $ids) { ports { totalCount } } }';
    const { errors } = await query(text, { ids: Array.from({ length: 501 }, () => 'h') }, noToken);
    expect(errors?.map(({ extensions }) => extensions)).toEqual([
      { code: 'COST_LIMIT_EXCEEDED', estimate: 1_002, budget: 1_000 },
    ]);
  });

  it('may not fail in a field that stands in hundreds of places, each of them a location of each error', async () => {
    const { query } = await startGateway();
    const text = `query ($ids: [ID!]!) { hosts(ids: $ids) { ${'ports { totalCount } '.repeat(260)} } }`;
    const ids = (count: number): string[] => Array.from({ length: count }, () => 'h');
    const { errors } = await query(text, { ids: ids(400) }, noToken);
    expect(errors?.map(({ extensions }) => extensions)).toMatchObject([refused]);
    const few = await query(text, { ids: ids(100) }, noToken);
    expect(few.errors).toHaveLength(100);
    expect(Buffer.byteLength(JSON.stringify(few.errors))).toBeLessThan(maxBytes);
  });

  it('has its ids counted as JSON writes them', async () => {
    const { query } = await startGateway();
    const text = (aliases: number): string =>
      `query ($ids: [ID!]!) { hosts(ids: $ids) { ${Array.from({ length: aliases }, (_, index) => `a${index}: id`).join(' ')} } }`;
    const ids = Array.from({ length: 100 }, () => '\u0001'.repeat(128));
    expect((await query(text(30), { ids }, noToken)).errors?.map(({ extensions }) => extensions)).toMatchObject([
      refused,
    ]);
    const { data, errors } = await query(text(15), { ids }, noToken);
    expect(errors).toBeUndefined();
    expect(Buffer.byteLength(JSON.stringify(data))).toBeGreaterThan(maxBytes / 2);
  });

  it('may introspect, but not under a hundred names', async () => {
    const { query } = await startGateway();
    expect((await query(getIntrospectionQuery(), {}, noToken)).errors).toBeUndefined();
    const types = '{ types { name description fields(includeDeprecated: true) { name description args { name } } } }';
    const text = Array.from({ length: 90 }, (_, index) => `a${index}: __schema ${types}`).join(' ');
    const refused = { code: 'COST_LIMIT_EXCEEDED', budget: 512 * 1024 };
    expect((await query(`{ ${text} }`, {}, noToken)).errors?.map(({ extensions }) => extensions)).toMatchObject([
      refused,
    ]);
    const variable = await query(
      `query ($all: Boolean) { ${text.replaceAll('true', '$all')} }`,
      { all: true },
      noToken,
    );
    expect(variable.errors?.map(({ extensions }) => extensions)).toMatchObject([refused]);
  });

  it('has the names of types counted under the names that it gives them', async () => {
    const { query } = await startGateway();
    const text = (aliases: number): string =>
      `{ __schema { types { fields { ${Array.from({ length: aliases }, (_, index) => `${`${index}`.padStart(128, 'a')}: __typename`).join(' ')} } } } }`;
    expect((await query(text(10), {}, noToken)).errors).toBeUndefined();
    expect((await query(text(95), {}, noToken)).errors).toMatchObject([
      { extensions: { code: 'COST_LIMIT_EXCEEDED', budget: 512 * 1024 } },
    ]);
  });
});

describe('variables that do not fit', () => {
  const mutation = 'mutation ($i: SetPortIgnoreInput!) { setPortIgnore(input: $i) { ignore } }';

  it('are refused at the first fault, however many there are', async () => {
    const { query } = await startGateway();
    const unknown = Object.fromEntries(Array.from({ length: 120_000 }, (_, index) => [`k${index}`, 1]));
    const { data, errors } = await query(mutation, { i: { ignore: true, ...unknown } });
    expect(data).toBeUndefined();
    expect(errors).toHaveLength(1);
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    expect(errors?.[0]?.message.length).toBeLessThan(300);
  });

  it('are named by their path', async () => {
    const { query } = await startGateway();
    const port = { agentId: 'a', port: 1, protocol: 'TCP' };
    const { errors } = await query(mutation, { i: { ignore: true, ports: [port, { ...port, port: 'x' }] } });
    expect(errors?.map(({ message }) => message)).toEqual([
      '`$i` has an invalid value at `i.ports.1.port`. Int cannot represent non-integer value: "x"',
    ]);
    expect((await query(mutation, {})).errors).toMatchObject([{ message: '`$i` is required.' }]);
    expect((await query(mutation, { i: null })).errors).toMatchObject([{ message: '`$i` must not be null.' }]);
  });

  it('may not leave a condition open', async () => {
    const { query, simulator } = await startGateway();
    const text = 'query ($is: Boolean = true) { host(id: "h") { id ports @include(if: $is) { totalCount } } }';
    expect((await query(text)).errors).toBeUndefined();
    simulator.clearCalls();
    const { data, errors } = await query(text, { is: null });
    expect(data).toBeUndefined();
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(simulator.calls).toEqual([]);
  });
});
