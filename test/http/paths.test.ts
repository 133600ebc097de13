import { describe, expect, it } from 'vitest';
import { startGateway } from '../support/gateway.ts';
import { sendRaw } from '../support/send-raw.ts';

const body = JSON.stringify({ query: '{ host(id: "h") { ports { totalCount } } }' });
const jsonHead = [
  'Content-Type: application/json',
  'X-Auth-Token: t',
  `Content-Length: ${body.length}`,
  'Connection: close',
];
const statusOf = (response: string): number => Number(/^HTTP\/1.1 (\d+)/.exec(response)?.[1]);

describe('the path of a request', () => {
  it.each([
    '/metrics/graphql',
    '/health?x=/graphql',
    '/.git/graphql',
    '/graphql/',
    '//graphql',
    '/graphql%2F',
    '/GraphQL',
    '/ready/graphql',
  ])('%s executes nothing', async (path) => {
    const { url, simulator } = await startGateway();
    const response = await sendRaw(url, [`POST ${path} HTTP/1.1`, 'Host: gateway', ...jsonHead], body);
    expect([404, 405]).toContain(statusOf(response));
    expect(response).toContain('"code":"BAD_USER_INPUT"');
    expect(simulator.calls).toEqual([]);
  });

  it('may be a whole URL', async () => {
    const { url, simulator } = await startGateway();
    const response = await sendRaw(
      url,
      ['POST http://elsewhere/graphql HTTP/1.1', 'Host: elsewhere', ...jsonHead],
      body,
    );
    expect(statusOf(response)).toBe(200);
    expect(simulator.calls).toHaveLength(1);
  });

  it.each(['/graphql', '/metrics?'])('is not told by a Host that is none: %s', async (path) => {
    const { url } = await startGateway();
    const response = await sendRaw(url, ['GET /graphql HTTP/1.1', `Host: a${path}`, 'Connection: close']);
    expect(statusOf(response)).toBe(400);
    expect(response).not.toContain('process_cpu');
  });

  it('needs a Host, which may come once', async () => {
    const { url } = await startGateway();
    expect(statusOf(await sendRaw(url, ['POST /graphql HTTP/1.1', ...jsonHead], body))).toBe(400);
    const twice = ['POST /graphql HTTP/1.1', 'Host: a', 'Host: b', ...jsonHead];
    expect(statusOf(await sendRaw(url, twice, body))).toBe(400);
  });
});

describe('ALLOWED_HOSTS', () => {
  it('names those that are served; the refusal names the variable', async () => {
    const { url, simulator } = await startGateway({ env: { ALLOWED_HOSTS: 'gateway.example, loopback' } });
    const send = (host: string): Promise<string> =>
      sendRaw(url, ['POST /graphql HTTP/1.1', `Host: ${host}`, ...jsonHead], body);
    for (const host of [
      'gateway.example',
      'Gateway.Example:8443',
      'gateway.example.',
      'localhost:4000',
      'localhost.:4000',
      '127.0.0.1',
      '[::1]:4000',
    ]) {
      expect(statusOf(await send(host))).toBe(200);
    }
    const served = simulator.calls.length;
    for (const host of ['evil.example', '.', 'localhost..', 'localhost.evil.example', '127.0.0.1.evil.example']) {
      const response = await send(host);
      expect(statusOf(response)).toBe(421);
      expect(response).toContain('ALLOWED_HOSTS');
    }
    expect(simulator.calls).toHaveLength(served);
  });
});

describe('a header that may come once', () => {
  it.each(['X-Auth-Token', 'X-Project-Id', 'Router-Authorization', 'Content-Type'])(
    'is refused twice: %s',
    async (name) => {
      const { url, simulator } = await startGateway();
      const head = ['POST /graphql HTTP/1.1', 'Host: gateway', ...jsonHead, `${name}: a`, `${name.toLowerCase()}: b`];
      const response = await sendRaw(url, head, body);
      expect(statusOf(response)).toBe(400);
      expect(response.toLowerCase()).toContain(name.toLowerCase());
      expect(simulator.calls).toEqual([]);
    },
  );
});
