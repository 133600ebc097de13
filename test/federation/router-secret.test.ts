import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { randomBytes } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startGateway } from '../support/gateway.ts';

const secret = randomBytes(24).toString('base64');
const env = { ROUTER_SECRET: secret };
const query = '{ host(id: "host-1") { ports { totalCount } } }';

describe('a gateway with a router secret', () => {
  it('serves a request that carries it', async () => {
    const gateway = await startGateway({ env });
    const { status, data, errors } = await gateway.query(query, {}, { 'router-authorization': secret });
    expect(status).toBe(200);
    expect(errors).toBeUndefined();
    expect(data.host.ports.totalCount).toBe(1);
  });

  it.each([
    ['none', null],
    ['an empty one', ''],
    ['another', 'guess'],
    ['its beginning', secret.slice(0, -1)],
    ['more than it', `${secret}x`],
    ['it in capitals', secret.toUpperCase()],
    ['it as a bearer token', `Bearer ${secret}`],
    ['it twice', `${secret}, ${secret}`],
  ])('refuses a request with %s as a whole', async (_what, given) => {
    const gateway = await startGateway({ env });
    const { status, data, errors, headers } = await gateway.query(
      query,
      {},
      given === null ? {} : { 'router-authorization': given },
    );
    expect(status).toBe(401);
    expect(headers.get('content-type')).toMatch(/^application\/json/);
    expect(data).toBeUndefined();
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    expect(JSON.stringify(errors)).not.toContain(secret);
    expect(gateway.simulator.calls).toHaveLength(0);
  });

  it('refuses before it looks at the operation, in the media type that was asked for', async () => {
    const gateway = await startGateway({ env });
    const response = await gateway.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
      body: 'this is no JSON',
    });
    expect(response.status).toBe(401);
    expect(response.headers.get('content-type')).toMatch(/^application\/graphql-response\+json/);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });

  it.each(['{ __typename }', '{ _service { sdl } }', '{ __schema { queryType { name } } }'])(
    'refuses %s too',
    async (operation) => {
      const gateway = await startGateway({ env });
      expect(await gateway.query(operation)).toMatchObject({ status: 401, data: undefined });
      expect(await gateway.query(operation, {}, { 'router-authorization': secret })).toMatchObject({ status: 200 });
    },
  );

  it('shows nobody else GraphiQL', async () => {
    const gateway = await startGateway({ env });
    const { status } = await gateway.fetch('/graphql', { headers: { accept: 'text/html' } });
    expect(status).toBe(401);
  });

  it.each(['/health', '/ready', '/health?probe=1'])(
    'answers %s without it: an orchestrator asks, not a router',
    async (path) => {
      const gateway = await startGateway({ env });
      const { status } = await gateway.fetch(path);
      expect(status).toBe(200);
    },
  );

  it('takes the secret neither to HSS nor to the log', async () => {
    const gateway = await startGateway({ env });
    await gateway.query(query, {}, { 'router-authorization': secret });
    await gateway.query(query, {}, { 'router-authorization': 'guess' });
    expect(gateway.simulator.calls).toHaveLength(1);
    expect(JSON.stringify(gateway.simulator.calls)).not.toContain(secret);
    expect(JSON.stringify(gateway.log)).not.toContain(secret);
    expect(JSON.stringify(gateway.log)).not.toContain('guess');
  });
});

describe('the router secret', () => {
  it('is compared in a time that tells nothing: every secret, whole, whatever was given', async () => {
    const { query } = await startGateway({ env: { ROUTER_SECRET: 'one another-one' } });
    const { timingSafeEqual } = crypto;
    const lengths: number[] = [];
    crypto.timingSafeEqual = (a, b) => {
      lengths.push(a.byteLength, b.byteLength);
      return timingSafeEqual(a, b);
    };
    syncBuiltinESMExports();
    onTestFinished(() => {
      crypto.timingSafeEqual = timingSafeEqual;
      syncBuiltinESMExports();
    });
    for (const secret of ['one', 'another-one', 'o', '', 'x'.repeat(10_000)]) {
      lengths.length = 0;
      await query('{ __typename }', {}, { 'router-authorization': secret });
      expect(lengths).toEqual([32, 32, 32, 32]);
    }
  });
});

describe('a gateway without a router secret', () => {
  it('has no use for the header', async () => {
    const gateway = await startGateway();
    const { data } = await gateway.query(query, {}, { 'router-authorization': 'anything' });
    expect(data.host.ports.totalCount).toBe(1);
  });
});
