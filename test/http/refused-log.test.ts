import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

const refusedIn = ({ log }: TestGateway): Record<string, unknown>[] => log.filter(({ msg }) => msg === 'refused');

async function countOf({ fetch }: TestGateway, reason: string): Promise<number> {
  const headers = { 'router-authorization': 'sesame' };
  const text = await (await fetch('/metrics', { headers })).text();
  return Number(new RegExp(`^hss_gateway_refused_requests_total\\{reason="${reason}"\\} (\\d+)$`, 'm').exec(text)![1]);
}

describe('a request that is refused before it is an operation', () => {
  it('leaves a line and is counted where the secret is wrong, and the secret stands nowhere', async () => {
    const gateway = await startGateway({ env: { ROUTER_SECRET: 'sesame' } });
    expect(await countOf(gateway, 'secret')).toBe(0);
    const headers = { 'router-authorization': 'canary', 'graphql-client-name': 'router-two', 'x-request-id': 'r-1' };
    for (let index = 0; index < 5; index++)
      expect((await gateway.query('{ __typename }', {}, headers)).status).toBe(401);
    expect(await countOf(gateway, 'secret')).toBe(5);
    const line = { level: 40, requestId: 'r-1', status: 401, code: 'UNAUTHENTICATED', reason: 'secret' };
    expect(refusedIn(gateway)).toMatchObject(
      Array.from({ length: 5 }, () => ({ ...line, client: 'router-two', address: '127.0.0.1' })),
    );
    expect(JSON.stringify(gateway.log)).not.toMatch(/canary|sesame/);
  });

  it.each<readonly [string, string, string, Readonly<Record<string, string>>]>([
    ['path', 'GET', '/canary', {}],
    ['method', 'PUT', '/graphql', {}],
    ['accept', 'POST', '/graphql', { accept: 'text/canary' }],
  ])('is counted by its reason: %s', async (reason, method, path, headers) => {
    const gateway = await startGateway();
    const { status } = await gateway.fetch(path, { method, headers });
    expect(refusedIn(gateway)).toMatchObject([{ level: 40, status, code: 'BAD_USER_INPUT', reason }]);
    expect(await countOf(gateway, reason)).toBe(1);
    expect(JSON.stringify(gateway.log)).not.toContain('canary');
  });

  it('is counted by its path where it has no secret either: whoever scans for other programs is no router', async () => {
    const gateway = await startGateway({ env: { ROUTER_SECRET: 'sesame' } });
    expect((await gateway.fetch('/favicon.ico')).status).toBe(404);
    expect([await countOf(gateway, 'path'), await countOf(gateway, 'secret')]).toEqual([1, 0]);
  });

  it('is counted where its host is not served', async () => {
    const gateway = await startGateway({ env: { ALLOWED_HOSTS: 'ports.example' } });
    expect((await gateway.query('{ __typename }')).status).toBe(421);
    // Fetch asks again where it gets 421.
    expect(refusedIn(gateway)[0]).toMatchObject({ status: 421, reason: 'host' });
  });

  it('is counted where it is no HTTP', async () => {
    const gateway = await startGateway();
    const { hostname, port } = new URL(gateway.url);
    const socket = connect(Number(port), hostname);
    socket.resume().write('canary\r\n\r\n');
    await once(socket, 'close');
    await eventually(() =>
      expect(refusedIn(gateway)).toMatchObject([{ status: 400, code: 'BAD_USER_INPUT', reason: 'http' }]),
    );
    expect(await countOf(gateway, 'http')).toBe(1);
    expect(JSON.stringify(gateway.log)).not.toContain('canary');
  });
});
