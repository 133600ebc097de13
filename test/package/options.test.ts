import { describe, expect, it, onTestFinished } from 'vitest';
import { ConfigError, createGateway, createLog, type Gateway, type GatewayOptions } from '../../src/index.ts';

const hssEndpoint = 'https://hss.example';

function gatewayWith(options: Partial<GatewayOptions>): Gateway {
  const gateway = createGateway({ hssEndpoint, ...options }, createLog('silent'));
  onTestFinished(() => gateway.close());
  return gateway;
}

/** The options that are refused. */
function faultsOf(options: Partial<GatewayOptions>): string[] {
  try {
    gatewayWith(options);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return [...error.message.matchAll(/^ {2}(\w+): /gm)].map(([, name]) => name!);
  }
}

async function ask(gateway: Gateway, query: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const request = new Request('http://gateway/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  return gateway.fetch(request);
}

describe('the options of an embedded gateway', () => {
  it.each<readonly [string, Partial<GatewayOptions>]>([
    ['hssEndpoint', { hssEndpoint: 'https://me@hss.example' }],
    ['projectId', { projectId: '..' }],
    ['enterpriseProjectId', { enterpriseProjectId: 'x'.repeat(257) }],
    ['connections', { connections: 0 }],
    ['timeoutMs', { timeoutMs: -1 }],
    ['operationTimeoutMs', { operationTimeoutMs: 1.5 }],
    ['maxPageLimit', { maxPageLimit: 0 }],
    ['maxUpstreamReads', { maxUpstreamReads: Number.NaN }],
    ['corsOrigins', { corsOrigins: ['https://a.example/path'] }],
    ['routerSecret', { routerSecret: ['two words'] }],
    ['routerSecret', { routerSecret: ' ' }],
    ['hssProxy', { hssProxy: 'socks5://proxy.example' }],
    ['maxWholeListRows', { maxWholeListRows: 0 }],
    ['allowedHosts', { allowedHosts: ['a.example:4000'] }],
    ['trustedProxies', { trustedProxies: ['proxy.example'] }],
    ['logSample', { logSample: 2 }],
    ['graphiql', { graphiql: 'yes' as unknown as boolean }],
    ['trustedDocuments', { trustedDocuments: { hash: '{ a }' } as unknown as ReadonlyMap<string, string> }],
  ])('are held to the bounds of their variables: %s', (name, options) => {
    expect(faultsOf(options)).toEqual([name]);
  });

  it('are refused all at once, and without an HSS', () => {
    expect(faultsOf({ maxPageLimit: 0, projectId: '..' })).toEqual(['projectId', 'maxPageLimit']);
    for (const hssEndpoint of ['', 'simulator']) expect(faultsOf({ hssEndpoint })).toEqual(['hssEndpoint']);
  });

  it('are refused where they are none: what they were to close would stand open', () => {
    expect(faultsOf({ routerSecrets: 'sesame' } as Partial<GatewayOptions>)).toEqual(['routerSecrets']);
  });

  it('have defaults where they are left out or null', () => {
    expect(faultsOf({})).toEqual([]);
    expect(
      faultsOf({ projectId: null, enterpriseProjectId: null, routerSecret: null, trustedDocuments: null }),
    ).toEqual([]);
  });

  it('take a client that leaves in the middle of its request for no bug', async () => {
    const body = new ReadableStream({ pull: (stream) => stream.error(new Error('gone')) });
    const headers = { 'content-type': 'application/json' };
    const request = new Request('http://gateway/graphql', {
      method: 'POST',
      headers,
      body,
      duplex: 'half',
    } as RequestInit);
    const response = await gatewayWith({}).fetch(request);
    expect(response.status).toBeLessThan(500);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  });

  it('reach the gateway', async () => {
    const query = '{ __typename }';
    const trusting = gatewayWith({ graphiql: false, trustedDocuments: new Map([['hash', query]]) });
    expect(await (await ask(trusting, query)).json()).toEqual({ data: { __typename: 'Query' } });
    expect(await (await ask(trusting, '{ a: __typename }')).json()).toMatchObject({
      errors: [{ extensions: { code: 'PERSISTED_QUERY_REQUIRED' } }],
    });
    expect((await ask(gatewayWith({ routerSecret: 'sesame' }), query)).status).toBe(401);
    const rotated = gatewayWith({ routerSecret: ['old', 'new'] });
    for (const [secret, status] of [
      ['old', 200],
      ['new', 200],
      ['old new', 401],
    ] as const)
      expect((await ask(rotated, query, { 'router-authorization': secret })).status).toBe(status);
    const origin = { origin: 'https://a.example' };
    const allowed = async (corsOrigins: readonly string[]): Promise<string | null> =>
      (await ask(gatewayWith({ corsOrigins }), query, origin)).headers.get('access-control-allow-origin');
    expect(await allowed([])).toBeNull();
    expect(await allowed(['https://b.example', 'https://a.example'])).toBe('https://a.example');
  });
});
