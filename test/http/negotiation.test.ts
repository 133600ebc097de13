import { describe, expect, it } from 'vitest';
import { startGateway, type TestGateway } from '../support/gateway.ts';

const write =
  'mutation { setPortIgnore(input: { ignore: true, ports: [{ agentId: "a", port: 1, protocol: TCP }] }) { acceptedCount } }';
const graphqlResponse = 'application/graphql-response+json; charset=utf-8';
const json = 'application/json; charset=utf-8';

async function send(
  gateway: TestGateway,
  headers: Readonly<Record<string, string>>,
  body: BodyInit = JSON.stringify({ query: write }),
): Promise<Response> {
  const all = { 'content-type': 'application/json', 'x-auth-token': 't', ...headers };
  return gateway.fetch('/graphql', { method: 'POST', headers: all, body });
}

describe('Accept', () => {
  it.each([
    ['application/json', json],
    ['application/json;charset="utf-8"', json],
    ['application/json; charset=UTF8', json],
    ['APPLICATION/JSON', json],
    ['*/*', json],
    ['application/*', json],
    ['application/graphql-response+json', graphqlResponse],
    ['application/graphql-response+json, application/json;q=0.9', graphqlResponse],
    ['application/graphql-response+json;q=0, application/json', json],
    ['application/graphql-response+json;q=0.1, application/json;q=0.2', json],
    ['text/html, */*;q=0.1', json],
    [' , ,', json],
  ])('%s is answered by its weights', async (accept, type) => {
    const gateway = await startGateway();
    const response = await send(gateway, { accept });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(type);
    expect(await response.json()).toMatchObject({ data: { setPortIgnore: { acceptedCount: 1 } } });
  });

  it('is judged up to a length that no client needs', async () => {
    const gateway = await startGateway();
    const others = 'a/b,'.repeat(2_000);
    expect((await send(gateway, { accept: `application/json,${others}*/*;q=0` })).status).toBe(200);
    for (const accept of [`${others}application/json`, 'a'.repeat(5_000)]) {
      expect((await send(gateway, { accept })).status).toBe(406);
    }
    expect(gateway.simulator.calls).toHaveLength(1);
  });

  it.each(['text/html', 'application/json;charset=iso-8859-1', 'application/json;q=0', '*/*;q=0', 'text/event-stream'])(
    '%s is refused before anything is done',
    async (accept) => {
      const gateway = await startGateway();
      const response = await send(gateway, { accept });
      expect(response.status).toBe(406);
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
      expect(gateway.simulator.calls).toEqual([]);
    },
  );
});

describe('Accept of a GET in development', () => {
  const typeOf = async (accept: string): Promise<string | null> => {
    const gateway = await startGateway();
    return (await gateway.fetch('/graphql?query={__typename}', { headers: { accept } })).headers.get('content-type');
  };

  it.each([
    'text/html',
    'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    'text/html, application/json;q=0.9, application/graphql-response+json;q=0.9',
  ])('opens GraphiQL: %s', async (accept) => {
    expect(await typeOf(accept)).toBe('text/html; charset=utf-8');
  });

  it.each([
    'application/graphql-response+json, text/html;q=0.1',
    'application/graphql-response+json;q=0.9, text/html;q=0.8, application/json;q=0.1',
    'application/graphql-response+json, text/html',
  ])('is answered with GraphQL where that is preferred: %s', async (accept) => {
    expect(await typeOf(accept)).toBe(graphqlResponse);
  });
});

describe('the page of GraphiQL', () => {
  const ask = async ({ fetch }: TestGateway, headers: Readonly<Record<string, string>>): Promise<Response> =>
    fetch('/graphql', { headers: { accept: 'text/html', ...headers } });

  it('has a tag for each of its codings, and is not sent again to who has it', async () => {
    const gateway = await startGateway();
    const tags = [];
    for (const coding of ['gzip', 'identity']) {
      const response = await ask(gateway, { 'accept-encoding': coding });
      const tag = response.headers.get('etag')!;
      await response.arrayBuffer();
      tags.push(tag);
      for (const known of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
        const unchanged = await ask(gateway, { 'accept-encoding': coding, 'if-none-match': known });
        expect(unchanged.status).toBe(304);
        expect(unchanged.headers.get('content-length')).toBeNull();
        expect(unchanged.headers.get('etag')).toBe(tag);
      }
    }
    expect(new Set(tags).size).toBe(2);
    expect((await ask(gateway, { 'accept-encoding': 'gzip', 'if-none-match': tags[1]! })).status).toBe(200);
  });
});

describe('HEAD', () => {
  it.each(['application/json', 'text/html'])('has the headers of GET, and nothing else: %s', async (accept) => {
    const gateway = await startGateway();
    const [get, head] = await Promise.all(
      ['GET', 'HEAD'].map((method) =>
        gateway.fetch('/graphql?query={__typename}', { method, headers: { accept, 'accept-encoding': 'identity' } }),
      ),
    );
    expect(head!.status).toBe(200);
    expect(await head!.text()).toBe('');
    const lengths = [get, head].map((response) => response!.headers.get('content-length'));
    expect(lengths).toEqual(Array(2).fill(String((await get!.arrayBuffer()).byteLength)));
  });
});

describe('Content-Type', () => {
  it.each(['Application/Json', 'application/json ; charset=utf-8', 'application/json;charset="UTF-8"'])(
    '%s is JSON',
    async (type) => {
      const response = await send(await startGateway(), { 'content-type': type });
      expect(await response.json()).toMatchObject({ data: { setPortIgnore: { acceptedCount: 1 } } });
    },
  );

  it('may have parameters that nobody knows', async () => {
    const gateway = await startGateway();
    expect((await send(gateway, { 'content-type': 'application/json; p="a;charset=latin1"' })).status).toBe(200);
  });

  it.each([
    'application/json;charset=utf-16',
    'application/json; charset=utf-8; charset=latin1',
    'text/plain',
    'application/x-www-form-urlencoded',
  ])('%s is refused with a GraphQL body', async (type) => {
    const gateway = await startGateway();
    const response = await send(gateway, { 'content-type': type });
    expect(response.status).toBe(415);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    expect(gateway.simulator.calls).toEqual([]);
  });
});

describe('Content-Encoding', () => {
  it.each(['gzip', 'br', 'deflate'])('%s is refused, and the client told what is taken', async (encoding) => {
    const gateway = await startGateway();
    const response = await send(gateway, { 'content-encoding': encoding });
    expect(response.status).toBe(415);
    expect(response.headers.get('accept-encoding')).toBe('identity');
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    expect(gateway.simulator.calls).toEqual([]);
  });

  it.each(['identity', '', 'Identity, identity'])('%j is none', async (encoding) => {
    expect((await send(await startGateway(), { 'content-encoding': encoding })).status).toBe(200);
  });
});

describe('Cache-Control', () => {
  it('keeps every response of /graphql to who asked, refusals included', async () => {
    const gateway = await startGateway();
    const responses = [
      await send(gateway, {}),
      await send(gateway, {}, '{'),
      await send(gateway, {}, JSON.stringify({ query: '{ nobody }' })),
      await send(gateway, { accept: 'text/html' }),
      await send(gateway, { 'content-type': 'text/plain' }),
      await gateway.fetch('/graphql', { method: 'DELETE' }),
      await gateway.fetch('/graphql', { method: 'OPTIONS' }),
      await gateway.fetch('/graphql?query={__typename}', { headers: { accept: 'application/json' } }),
    ];
    for (const { headers } of responses) expect(headers.get('cache-control')).toBe('private, no-store');
    expect(responses.map(({ status }) => status)).toEqual([200, 400, 200, 406, 415, 405, 204, 200]);
  });
});
