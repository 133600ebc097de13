import { describe, expect, it } from 'vitest';
import { startGateway, type TestGateway } from '../support/gateway.ts';

const mutation =
  'mutation { setPortIgnore(input: { ignore: true, ports: [{ agentId: "a", port: 1, protocol: TCP }] }) { acceptedCount } }';
const production = { NODE_ENV: 'production' };

function preflight({ fetch }: TestGateway, origin: string): Promise<Response> {
  return fetch('/graphql', {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,traceparent,x-auth-token,x-project-id',
    },
  });
}

describe("a page in somebody's browser", () => {
  it.each(['application/x-www-form-urlencoded', 'multipart/form-data; boundary=b', 'text/plain'])(
    'cannot make it send an operation as %s',
    async (contentType) => {
      const { fetch, simulator } = await startGateway();
      const body =
        contentType === 'text/plain'
          ? JSON.stringify({ query: mutation })
          : contentType.startsWith('multipart')
            ? `--b\r\nContent-Disposition: form-data; name="operations"\r\n\r\n${JSON.stringify({ query: mutation })}\r\n--b\r\nContent-Disposition: form-data; name="map"\r\n\r\n{}\r\n--b--\r\n`
            : `query=${encodeURIComponent(mutation)}`;
      const response = await fetch('/graphql', {
        method: 'POST',
        headers: { 'content-type': contentType, 'x-auth-token': 'token', origin: 'https://page.example' },
        body,
      });
      expect(response.status).toBe(415);
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
      expect(simulator.calls).toEqual([]);
    },
  );

  it("of this machine's is answered in development, on any port, and no other", async () => {
    const gateway = await startGateway();
    for (const origin of ['http://localhost:5173', 'https://app.localhost', 'http://127.0.0.1', 'http://[::1]:8080'])
      expect((await preflight(gateway, origin)).headers.get('access-control-allow-origin')).toBe(origin);
    for (const origin of [
      'https://page.example',
      'http://localhost.example',
      'http://127.0.0.1.example',
      'chrome-extension://localhost',
      'null',
    ])
      expect((await preflight(gateway, origin)).headers.get('access-control-allow-origin')).toBeNull();
  });

  it('that may read responses sees why its request is refused, wherever that is', async () => {
    const origin = 'https://page.example';
    const gateway = await startGateway({ env: { CORS_ORIGINS: origin, ROUTER_SECRET: 'sesame' } });
    const secret = { 'router-authorization': 'sesame' };
    for (const [path, headers, status] of [
      ['/graphql', {}, 401],
      ['/nowhere', secret, 404],
      ['/graphql', { ...secret, accept: 'text/plain' }, 406],
    ] as const) {
      const response = await gateway.fetch(path, { method: 'POST', headers: { origin, ...headers } });
      expect(response.status).toBe(status);
      expect(response.headers.get('access-control-allow-origin')).toBe(origin);
      expect(response.headers.get('vary')).toBe('Origin');
    }
  });

  it('of any origin is answered where that is asked for', async () => {
    const gateway = await startGateway({ env: { CORS_ORIGINS: '*' } });
    const response = await preflight(gateway, 'https://page.example');
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe('https://page.example');
    expect(response.headers.get('access-control-allow-methods')).toBe('GET, POST');
    expect(response.headers.get('access-control-allow-headers')?.split(/, ?/)).toEqual([
      'content-type',
      'traceparent',
      'x-auth-token',
      'x-project-id',
    ]);
    expect(response.headers.get('access-control-allow-credentials')).not.toBe('true');
  });

  it('of no origin is answered in production', async () => {
    const gateway = await startGateway({ env: production });
    for (const response of [
      await preflight(gateway, 'https://page.example'),
      await gateway.query('{ __typename }', {}, { origin: 'https://page.example' }),
    ]) {
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  it('is answered where its origin is listed, and only there', async () => {
    const env = { ...production, CORS_ORIGINS: 'https://one.example, https://two.example:8443' };
    const gateway = await startGateway({ env });
    for (const origin of ['https://one.example', 'https://two.example:8443']) {
      const response = await preflight(gateway, origin);
      expect(response.headers.get('access-control-allow-origin')).toBe(origin);
      expect(response.headers.get('vary')).toMatch(/origin/i);
      expect(response.headers.get('access-control-allow-credentials')).not.toBe('true');
    }
    for (const origin of ['https://three.example', 'http://one.example', 'https://one.example.evil', 'null']) {
      const { headers } = await preflight(gateway, origin);
      expect(headers.get('access-control-allow-origin')).toBeNull();
      expect(headers.get('access-control-allow-headers')).toBeNull();
    }
  });

  it('may read the request id of an answer', async () => {
    const { query } = await startGateway();
    const { headers } = await query('{ __typename }', {}, { origin: 'http://localhost:5173' });
    expect(headers.get('access-control-expose-headers')).toBe('X-Request-Id');
  });
});

describe('GraphiQL', () => {
  const open = ({ fetch }: TestGateway): Promise<Response> => fetch('/graphql', { headers: { accept: 'text/html' } });

  it('is served in development', async () => {
    const response = await open(await startGateway());
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^text\/html/);
  });

  it('is not served in production, unless it is asked for', async () => {
    expect((await open(await startGateway({ env: production }))).status).toBe(406);
    expect((await open(await startGateway({ env: { ...production, GRAPHIQL: '1' } }))).status).toBe(200);
  });

  it('can be switched off', async () => {
    expect((await open(await startGateway({ env: { GRAPHIQL: 'false' } }))).status).toBe(406);
  });
});

describe('introspection', () => {
  const introspection = '{ __schema { queryType { name } } }';

  it('is refused with a code in production, unless it is asked for', async () => {
    const { query } = await startGateway({ env: production });
    const refused = await query(introspection, {}, { accept: 'application/graphql-response+json' });
    expect(refused.status).toBe(400);
    expect(refused.data).toBeUndefined();
    expect(refused.errors?.map(({ extensions }) => extensions.code)).toContain('GRAPHQL_VALIDATION_FAILED');
    const gateway = await startGateway({ env: { ...production, INTROSPECTION: 'true' } });
    expect((await gateway.query(introspection)).data).toEqual({ __schema: { queryType: { name: 'Query' } } });
  });

  it('leaves routers their way to the schema when it is off', async () => {
    const { query } = await startGateway({ env: { INTROSPECTION: '0' } });
    const { data } = await query('{ _service { sdl } __typename }');
    expect(data).toMatchObject({ __typename: 'Query', _service: { sdl: expect.stringContaining('type OpenPort') } });
  });

  it('takes suggestions along when it is off, in documents and in variables', async () => {
    const wrong = [
      ['{ hostt { id } }', {}],
      ['{ host(idd: "h") { id } }', {}],
      ['{ host(id: "h") { ports(filter: { protocol: TCPP }) { limit } } }', {}],
      ['query ($p: TransportProtocol) { host(id: "h") { ports(filter: { protocol: $p }) { limit } } }', { p: 'TCPP' }],
      [
        'query ($f: OpenPortFilterInput) { host(id: "h") { ports(filter: $f) { limit } } }',
        { f: { protocoll: 'TCP' } },
      ],
    ] as const;
    const [open, closed] = [await startGateway(), await startGateway({ env: { INTROSPECTION: 'false' } })];
    for (const [document, variables] of wrong) {
      expect(JSON.stringify((await open.query(document, variables)).errors)).toContain('Did you mean');
      expect(JSON.stringify((await closed.query(document, variables)).errors)).not.toContain('Did you mean');
    }
  });
});
