import { Agent } from 'node:http';
import { describe, expect, it } from 'vitest';
import { readExample, sendTo, startTalk, toError } from './talk.ts';

describe('every answer', () => {
  it('carries a request id of 32 hex digits that is never repeated', async () => {
    const { list } = await startTalk();

    const ids = [await list('host_id=host-1'), await list('host_id=host-1'), await list('')].map(
      ({ headers }) => headers['x-request-id'],
    );

    expect(new Set(ids).size).toBe(3);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
  });

  it('keeps the connection after a page, and ends it after an error', async () => {
    const { origin, simulator } = await startTalk();
    const agent = new Agent({ keepAlive: true });
    const headers = { 'x-auth-token': 'any' };

    const good = await sendTo(origin, { path: '/v5/p/asset/ports?host_id=host-1', headers, agent });
    const bad = await sendTo(origin, { path: '/v5/p/asset/ports', headers, agent });
    agent.destroy();

    expect(good.headers).toMatchObject({ server: 'api-gateway', connection: 'keep-alive' });
    expect(bad.headers).toMatchObject({
      server: 'api-gateway',
      connection: 'close',
      'transfer-encoding': 'chunked',
      'content-type': 'application/json',
    });
    expect(simulator.calls.map(({ status }) => status)).toEqual([200, 400]);
  });
});

describe('an unknown path or method', () => {
  const asks = [
    ['GET', '/v5'],
    ['POST', '/'],
    ['GET', '/v5/p/asset/ports/detail'],
    ['GET', '/v5/asset/ports'],
    ['GET', '/v5//asset/ports'],
    ['GET', '/v4/p/asset/ports'],
    ['POST', '/v5/p/asset/ports'],
    ['GET', '/v5/p/asset/batch-modify-port-status'],
    ['DELETE', '/v5/p/asset/batch-modify-port-status'],
  ] as const;

  it.each(asks)('is a 404 of the gateway: %s %s', async (method, path) => {
    const { send } = await startTalk();

    const answer = await send({ method, path, headers: {} });

    expect(answer.status).toBe(404);
    expect(JSON.parse(answer.text)).toEqual({
      ...(readExample('404-api-not-published').body as object),
      request_id: answer.headers['x-request-id'],
    });
  });
});

describe('what the gateway in front of HSS does not let through', () => {
  it('is a body over 12 MB', async () => {
    const { modify } = await startTalk();

    expect(toError(await modify('x'.repeat(12 * 1024 * 1024 + 1)))).toBe('413 APIGW.0201');
  });

  it('is a project id that cannot be decoded', async () => {
    const { send } = await startTalk();

    expect(toError(await send({ path: '/v5/%E0%A4%A/asset/ports?host_id=host-1' }))).toBe('400 APIGW.0201');
  });

  it('is a request with more headers than Node reads', async () => {
    const { list } = await startTalk();

    const answer = await list('host_id=host-1', 'x'.repeat(300 * 1024));

    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f]{32}$/);
    expect(toError(answer)).toBe('494 APIGW.0201');
  });
});
