import { getIntrospectionQuery } from 'graphql';
import { describe, expect, it } from 'vitest';
import { operationLimits } from '../../src/operation/limits.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

const graphqlResponse = 'application/graphql-response+json';

interface Asked {
  readonly method?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const json = (body: unknown): Asked => ({ method: 'POST', body: JSON.stringify(body) });
const operation = (query: string, rest: object = {}): Asked => json({ query, ...rest });
const many = (count: number, part: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => part(index)).join(' ');
const deep = (levels: number): string => (levels === 0 ? 'id' : `ports { nodes { host { ${deep(levels - 1)} } } }`);
const { aliases, aliasLength, directives, tokens } = operationLimits;

/** What is asked, its HTTP status under `application/graphql-response+json`, and its code. */
const refusals: Readonly<Record<string, readonly [Asked, number, string]>> = {
  'a document that is too deep': [operation(`{ host(id: "h") { ${deep(6)} } }`), 400, 'MAX_DEPTH_LIMIT'],
  'a document that fragments make too deep': [
    operation(`{ host(id: "h") { ...A } } fragment A on Host { ports { nodes { host { ${deep(5)} } } } }`),
    400,
    'MAX_DEPTH_LIMIT',
  ],
  'too many aliases': [
    operation(`{ ${many(aliases + 1, (index) => `a${index}: __typename`)} }`),
    400,
    'MAX_ALIASES_LIMIT',
  ],
  'an alias that is too long': [operation(`{ ${'a'.repeat(aliasLength + 1)}: __typename }`), 400, 'MAX_ALIASES_LIMIT'],
  'lists that lie too deep in each other': [
    operation(`{ host(id: ${'['.repeat(2_400)}${']'.repeat(2_400)}) { id } }`),
    400,
    'MAX_DEPTH_LIMIT',
  ],
  'too many lines': [operation(`{ __typename }${'\n'.repeat(10_000)}`), 400, 'MAX_TOKENS_LIMIT'],
  'too many tokens': [operation(`{ ${many(tokens, () => '__typename')} }`), 400, 'MAX_TOKENS_LIMIT'],
  'too many directives': [
    operation(`{ __typename ${many(directives + 1, () => '@skip(if: false)')} }`),
    400,
    'MAX_DIRECTIVES_LIMIT',
  ],
  'too many reads': [
    operation(`{ hosts(ids: [${many(101, (index) => `"h${index}"`)}]) { ports { totalCount } } }`),
    400,
    'COST_LIMIT_EXCEEDED',
  ],
  'a document that is no GraphQL': [operation('{'), 400, 'GRAPHQL_PARSE_FAILED'],
  'an empty document': [operation(''), 400, 'GRAPHQL_PARSE_FAILED'],
  'a field that does not exist': [operation('{ hostt { id } }'), 400, 'GRAPHQL_VALIDATION_FAILED'],
  'fragments in a circle': [
    operation('{ host(id: "h") { ...A } } fragment A on Host { ...B } fragment B on Host { ...A }'),
    400,
    'GRAPHQL_VALIDATION_FAILED',
  ],
  'fields of one name, too many to compare': [
    operation(`{ ${'__typename '.repeat(1_500)} }`),
    400,
    'GRAPHQL_VALIDATION_FAILED',
  ],
  'an argument that does not coerce': [operation('{ host(id: {}) { id } }'), 400, 'GRAPHQL_VALIDATION_FAILED'],
  'a subscription': [operation('subscription { host }'), 400, 'BAD_USER_INPUT'],
  'no query': [json({}), 400, 'BAD_USER_INPUT'],
  'a hash with an empty query': [
    json({ query: '', extensions: { persistedQuery: { version: 1, sha256Hash: 'a' } } }),
    400,
    'BAD_USER_INPUT',
  ],
  'a query that is null': [json({ query: null }), 400, 'BAD_USER_INPUT'],
  'a query that is no text': [json({ query: 1 }), 400, 'BAD_USER_INPUT'],
  'variables that are no object': [operation('{ __typename }', { variables: 'x' }), 400, 'BAD_USER_INPUT'],
  'extensions that are no object': [operation('{ __typename }', { extensions: 'x' }), 400, 'BAD_USER_INPUT'],
  'a parameter that nobody knows': [operation('{ __typename }', { querry: '' }), 400, 'BAD_USER_INPUT'],
  'an operation name that the document has not': [
    operation('query A { __typename }', { operationName: 'B' }),
    400,
    'BAD_USER_INPUT',
  ],
  'two operations and no name': [operation('query A { __typename } query B { __typename }'), 400, 'BAD_USER_INPUT'],
  'a variable that is missing': [operation('query ($id: ID!) { host(id: $id) { id } }'), 400, 'BAD_USER_INPUT'],
  'a variable of another type': [
    operation('query ($n: Int!) { host(id: "h") { ports(page: { limit: $n }) { limit } } }', { variables: { n: 'x' } }),
    400,
    'BAD_USER_INPUT',
  ],
  'a variable that is no value of its enum': [
    operation('query ($p: TransportProtocol) { host(id: "h") { ports(filter: { protocol: $p }) { limit } } }', {
      variables: { p: 'TCPP' },
    }),
    400,
    'BAD_USER_INPUT',
  ],
  'a number beyond Int': [
    operation('query ($n: Int!) { host(id: "h") { ports(page: { limit: $n }) { limit } } }', {
      variables: { n: 2 ** 31 },
    }),
    400,
    'BAD_USER_INPUT',
  ],
  'a body that is no JSON': [{ method: 'POST', body: '{' }, 400, 'BAD_USER_INPUT'],
  'a body that is empty': [{ method: 'POST', body: '' }, 400, 'BAD_USER_INPUT'],
  'a body that is null': [json(null), 400, 'BAD_USER_INPUT'],
  'a body that is a text': [json('{ __typename }'), 400, 'BAD_USER_INPUT'],
  'a batch': [json([{ query: '{ __typename }' }]), 400, 'BAD_USER_INPUT'],
  'a GET without a query': [{ method: 'GET' }, 400, 'BAD_USER_INPUT'],
  'a GET with variables that are no JSON': [
    { method: 'GET', query: { query: '{ __typename }', variables: 'x' } },
    400,
    'BAD_USER_INPUT',
  ],
  'a GET with extensions that are no JSON': [
    { method: 'GET', query: { query: '{ __typename }', extensions: '{' } },
    400,
    'BAD_USER_INPUT',
  ],
  'half of a surrogate pair in a variable': [
    {
      method: 'POST',
      body: String.raw`{"query":"query ($id: ID!) { host(id: $id) { id } }","variables":{"id":"\ud800"}}`,
    },
    400,
    'BAD_USER_INPUT',
  ],
  'half of a surrogate pair in a name': [
    { method: 'POST', body: String.raw`{"query":"{ __typename }","variables":{"\uDFFFx":1}}` },
    400,
    'BAD_USER_INPUT',
  ],
  'a number that JSON does not keep': [
    operation('query ($id: ID!) { host(id: $id) { id } }', { variables: { id: 2 ** 60 } }),
    400,
    'BAD_USER_INPUT',
  ],
  'an id of an entity that JSON does not keep': [
    operation('query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }', {
      variables: { r: [{ __typename: 'Host', id: 2 ** 60 }] },
    }),
    400,
    'BAD_USER_INPUT',
  ],
  'half of a surrogate pair, deeper than a stack': [
    {
      method: 'POST',
      body: `{"query":"{ __typename }","variables":{"a":${'['.repeat(50_000)}"\\ud800"${']'.repeat(50_000)}}}`,
    },
    400,
    'BAD_USER_INPUT',
  ],
  'a mutation by GET': [
    {
      method: 'GET',
      query: {
        query:
          'mutation { setPortIgnore(input: { ignore: true, ports: [{ agentId: "a", port: 1, protocol: TCP }] }) { ignore } }',
      },
    },
    405,
    'BAD_USER_INPUT',
  ],
  'a PUT': [{ ...operation('{ __typename }'), method: 'PUT' }, 405, 'BAD_USER_INPUT'],
  'a DELETE': [{ method: 'DELETE' }, 405, 'BAD_USER_INPUT'],
  'a body larger than 1 MiB': [operation(`{ __typename }${' '.repeat(2 ** 20)}`), 413, 'BAD_USER_INPUT'],
  'a body far larger than 1 MiB': [operation(`{ __typename }${' '.repeat(2 ** 24)}`), 413, 'BAD_USER_INPUT'],
  'a form': [
    {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'query=%7B__typename%7D',
    },
    415,
    'BAD_USER_INPUT',
  ],
  'a text': [{ ...operation('{ __typename }'), headers: { 'content-type': 'text/plain' } }, 415, 'BAD_USER_INPUT'],
  'a bare document': [
    { method: 'POST', headers: { 'content-type': 'application/graphql' }, body: '{ __typename }' },
    415,
    'BAD_USER_INPUT',
  ],
  'a body of no type': [{ ...operation('{ __typename }'), headers: { 'content-type': '' } }, 415, 'BAD_USER_INPUT'],
  'a client that takes no JSON': [
    { ...operation('{ __typename }'), headers: { accept: 'application/xml' } },
    406,
    'BAD_USER_INPUT',
  ],
};

function send({ url }: TestGateway, { method = 'POST', query, headers, body }: Asked): Promise<Response> {
  return fetch(query ? `${url}?${new URLSearchParams(query).toString()}` : url, {
    method,
    headers: { 'content-type': 'application/json', accept: graphqlResponse, 'x-auth-token': 'token', ...headers },
    ...(body !== undefined && { body: body as string }),
  });
}

describe('a request that is refused as a whole', () => {
  it.each(Object.entries(refusals))('has its code: %s', async (_, [asked, status, code]) => {
    const gateway = await startGateway();
    const response = await send(gateway, asked);
    const text = await response.text();
    expect(response.status, text).toBe(status);
    expect(response.headers.get('x-request-id')).not.toBeNull();
    if (status !== 406) expect(response.headers.get('content-type')).toBe(`${graphqlResponse}; charset=utf-8`);
    const body = JSON.parse(text) as { errors: { message: string; extensions: { code: string } }[] };
    expect(Object.keys(body)).toEqual(['errors']);
    expect([...new Set(body.errors.map(({ extensions }) => extensions.code))]).toEqual([code]);
    for (const { message } of body.errors) expect(message).not.toBe('Unexpected error.');
    expect(gateway.simulator.calls).toEqual([]);
    expect(gateway.log.filter(({ msg }) => msg === 'bug')).toEqual([]);
  });

  it('is answered 200 under application/json where GraphQL refuses it, and 4xx where HTTP does', async () => {
    const gateway = await startGateway();
    const statusOf = async (asked: Asked): Promise<number> =>
      (await send(gateway, { ...asked, headers: { accept: 'application/json', ...asked.headers } })).status;
    expect(await statusOf(operation('{'))).toBe(200);
    expect(await statusOf(operation('{ hostt }'))).toBe(200);
    expect(await statusOf({ method: 'POST', body: '{' })).toBe(400);
    expect(await statusOf({ ...operation('{ __typename }'), headers: { 'content-type': 'text/plain' } })).toBe(415);
    expect(await statusOf({ ...operation('{ __typename }'), method: 'PUT' })).toBe(405);
  });

  it('is not answered with all of what it was', async () => {
    const gateway = await startGateway();
    const response = await send(gateway, operation(`{ ${'x'.repeat(100_000)} }`));
    expect((await response.text()).length).toBeLessThan(2_000);
  });

  it('is refused before it is obeyed where no response would be acceptable', async () => {
    const gateway = await startGateway();
    const write =
      'mutation { setPortIgnore(input: { ignore: true, ports: [{ agentId: "a", port: 1, protocol: TCP }] }) { ignore } }';
    for (const accept of ['text/html', 'application/json;q=0', 'application/json;charset=iso-8859-1']) {
      const response = await send(gateway, { ...operation(write), headers: { accept } });
      expect(response.status).toBe(406);
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    }
    expect(gateway.simulator.calls).toEqual([]);
  });

  it.each(['%FF', 'h%C3', '%ED%A0%80'])('is refused where its URL is no UTF-8: %s', async (id) => {
    const gateway = await startGateway();
    const response = await gateway.fetch(`/graphql?query={host(id:"${id}"){ports{totalCount}}}`, {
      headers: { accept: graphqlResponse, 'x-auth-token': 'token' },
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    expect(gateway.simulator.calls).toEqual([]);
  });

  it('is told of fields that are too many to compare', async () => {
    const { query } = await startGateway();
    const { errors } = await query(`{ ${'__typename '.repeat(1_500)} }`);
    expect(errors).toMatchObject([{ message: expect.stringContaining('too many fields of one name') as string }]);
  });

  it('passes: what nests deeper than a stack, and numbers of extensions', async () => {
    const deep = `${'['.repeat(50_000)}"\\ud83d\\ude00"${']'.repeat(50_000)}`;
    const body = `{"query":"{ __typename }","variables":{"a":${deep}},"extensions":{"sentAt":1732999999999999999}}`;
    const { data } = (await (await send(await startGateway(), { body })).json()) as { data: unknown };
    expect(data).toEqual({ __typename: 'Query' });
  });

  it('passes: long digits in a text, and the longest number that JSON keeps', async () => {
    const gateway = await startGateway();
    const query = 'query ($ids: [ID!]!) { hosts(ids: $ids) { id } }';
    const ids = ['12345678901234567890', Number.MAX_SAFE_INTEGER];
    const { data } = (await (await send(gateway, { body: JSON.stringify({ query, variables: { ids } }) })).json()) as {
      data: unknown;
    };
    expect(data).toEqual({ hosts: [{ id: '12345678901234567890' }, { id: '9007199254740991' }] });
  });

  it('passes: a pair of surrogates, each escaped', async () => {
    const gateway = await startGateway();
    const query = 'query ($id: ID!) { host(id: $id) { id } }';
    const body = JSON.stringify({ query, variables: { id: '😀' } }).replace('😀', String.raw`\ud83d\ude00`);
    expect(await (await send(gateway, { body })).json()).toMatchObject({ data: { host: { id: '😀' } } });
  });

  it('passes: a percent sign in a URL that encodes nothing', async () => {
    const { fetch } = await startGateway();
    const response = await fetch('/graphql?query={host(id:"%F0%9F%98%80"){id}}%20%23%', {
      headers: { 'x-auth-token': 't' },
    });
    expect(await response.json()).toMatchObject({ data: { host: { id: '😀' } } });
  });

  it('says which methods are allowed', async () => {
    const gateway = await startGateway();
    expect((await send(gateway, { method: 'DELETE' })).headers.get('allow')).toBe('GET, HEAD, POST, OPTIONS');
    const mutation = 'mutation { __typename }';
    expect((await send(gateway, { method: 'GET', query: { query: mutation } })).headers.get('allow')).toBe('POST');
  });

  it('is refused when its body turns out too large on the way', async () => {
    const { url, simulator } = await startGateway();
    let sent = 0;
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: graphqlResponse, 'x-auth-token': 'token' },
      body: new ReadableStream<Uint8Array>({
        pull(stream) {
          if (sent > 2 ** 20) stream.close();
          else stream.enqueue(new Uint8Array(2 ** 16).fill(0x20));
          sent += 2 ** 16;
        },
      }),
      duplex: 'half',
    } as RequestInit);
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    expect(simulator.calls).toEqual([]);
  });
});

describe('what no limit stands in the way of', () => {
  it.each<readonly [string, string]>([
    ['50 aliases', `{ ${many(50, (index) => `a${index}: host(id: "h${index}") { id }`)} }`],
    ["GraphiQL's introspection", getIntrospectionQuery({ schemaDescription: true, inputValueDeprecation: true })],
    [
      "codegen's introspection with every option",
      getIntrospectionQuery({
        descriptions: true,
        specifiedByUrl: true,
        directiveIsRepeatable: true,
        schemaDescription: true,
        inputValueDeprecation: true,
        oneOf: true,
      }),
    ],
    ['10,000 lines of Windows, each with two characters at its end', `{ __typename }${'\r\n'.repeat(9_999)}`],
    ["a router's question for the SDL", '{ _service { sdl } }'],
  ])('passes: %s', async (_, query) => {
    const gateway = await startGateway();
    const { status, errors, data } = await gateway.query(query);
    expect(errors).toBeUndefined();
    expect(status).toBe(200);
    expect(data).toBeTruthy();
  });

  it('passes: a body of exactly 1 MiB', async () => {
    const { url } = await startGateway();
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ __typename }' }).padEnd(2 ** 20),
    });
    expect(await response.json()).toMatchObject({ data: { __typename: 'Query' } });
  });

  it('passes: a query by GET', async () => {
    const gateway = await startGateway();
    const response = await send(gateway, {
      method: 'GET',
      query: { query: 'query A($id: ID!) { host(id: $id) { id } }', variables: '{"id":"h"}', operationName: 'A' },
    });
    expect(await response.json()).toMatchObject({ data: { host: { id: 'h' } } });
  });
});
