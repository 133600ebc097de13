import { connect } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { sendRaw } from '../support/send-raw.ts';

const graphqlJson = 'application/graphql-response+json';
const ports = JSON.stringify({ query: '{ host(id: "h") { ports { totalCount } } }' });

/** Sends bytes as they are: fetch would refuse some of these headers. */
const send = ({ url }: TestGateway, head: readonly string[], body: string): Promise<string> =>
  sendRaw(url, ['POST /graphql HTTP/1.1', 'Host: gateway', 'Connection: close', ...head], body);

const jsonHead = (body: string): string[] => [`Content-Type: application/json`, `Content-Length: ${body.length}`];

describe('a connection', () => {
  it('is kept idle for longer than a load balancer keeps it, which would else use one that is being closed', async () => {
    const { fetch } = await startGateway();
    const { headers } = await fetch('/health');
    expect(headers.get('connection')).toBe('keep-alive');
    expect(headers.get('keep-alive')).toBe('timeout=75');
  });
});

describe('the headers of a request', () => {
  it('may hold a token of 32,768 characters, which reaches HSS byte for byte', async () => {
    const gateway = await startGateway();
    // Every byte that a header value may hold: visible ASCII, blank and tab inside, and the upper half.
    const alphabet = [0x21, 0x20, 0x09, ...range(0x22, 0x7e), ...range(0x80, 0xff)];
    const token = Array.from({ length: 32_768 }, (_, index) =>
      String.fromCharCode(alphabet[index % alphabet.length] as number),
    ).join('');
    const answer = await send(gateway, [...jsonHead(ports), `X-Auth-Token: ${token}`], ports);
    expect(answer).toContain('"totalCount":0');
    expect(gateway.simulator.calls.map(({ headers }) => headers['x-auth-token'] === token)).toEqual([true]);
  });

  it('may hold no longer token', async () => {
    const { query, simulator } = await startGateway();
    const { errors } = await query(
      '{ host(id: "h") { ports { totalCount } } }',
      {},
      { 'x-auth-token': 't'.repeat(32_769) },
    );
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'X-Auth-Token' } }]);
    expect(simulator.calls).toEqual([]);
  });

  it('may have almost 64 KiB', async () => {
    const gateway = await startGateway();
    const answer = await send(
      gateway,
      [...jsonHead(ports), 'X-Auth-Token: t', ...range(1, 6).map((n) => `X-Other-${n}: ${'x'.repeat(10_000)}`)],
      ports,
    );
    expect(answer).toContain('"totalCount":0');
  });

  it('may be thousands, and count to the last', async () => {
    const gateway = await startGateway();
    const many = range(1, 2_500).map((n) => `X-${n}: x`);
    await send(gateway, [...jsonHead(ports), 'X-Auth-Token: t', ...many, 'X-Project-Id: chosen'], ports);
    expect(gateway.simulator.calls.map(({ path }) => path)).toEqual(['/v5/chosen/asset/ports']);
  });

  it('are answered with 431 and a GraphQL body when they have more', async () => {
    const gateway = await startGateway();
    const answer = await send(gateway, [...jsonHead(ports), `X-Other: ${'x'.repeat(70_000)}`], ports);
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1.1 431 /);
    expect(head).toMatch(/^content-type: application\/json/im);
    expect(JSON.parse(body)).toEqual({
      errors: [{ message: 'The headers may have 65536 bytes at most.', extensions: { code: 'BAD_USER_INPUT' } }],
    });
    expect(gateway.simulator.calls).toEqual([]);
  });

  it.each(['[', 'a:99999999', 'a b/../%%'])(
    'are answered with 400 and a GraphQL body when Host is %j',
    async (host) => {
      const gateway = await startGateway({ env: { ROUTER_SECRET: 'secret' } });
      const answer = await sendRaw(gateway.url, ['GET /graphql HTTP/1.1', `Host: ${host}`, 'Connection: close']);
      expect(answer).toMatch(/^HTTP\/1.1 400 /);
      expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toEqual({
        errors: [{ message: expect.any(String) as string, extensions: { code: 'BAD_USER_INPUT' } }],
      });
    },
  );

  it('are answered with 400 and a GraphQL body when they are none', async () => {
    const gateway = await startGateway();
    const answer = await send(gateway, ['no header'], '');
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({
      errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    });
  });
});

describe('the headers of a response', () => {
  it.each([
    ['a result', 'GET', '/graphql?query={__typename}', graphqlJson, 200],
    ['a refusal of an operation', 'GET', '/graphql?query={', graphqlJson, 400],
    ['the page', 'GET', '/graphql', 'text/html', 200],
    ['a probe', 'GET', '/ready', '*/*', 200],
    ['the metrics', 'GET', '/metrics', '*/*', 200],
    ['a refusal of a path', 'GET', '/elsewhere', '*/*', 404],
    ['a refusal of a method', 'POST', '/health', '*/*', 405],
  ])('name its id and forbid to guess its type: %s', async (_, method, path, accept, status) => {
    const { fetch } = await startGateway();
    const response = await fetch(path, { method, headers: { accept, 'x-request-id': 'request-7' } });
    await response.text();
    expect(response.status).toBe(status);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'x-request-id': 'request-7',
      'x-content-type-options': 'nosniff',
    });
  });

  it.each([
    ['that cannot be read', ['GET / HTTP/1.1', 'no header']],
    ['for a tunnel', ['CONNECT hss:443 HTTP/1.1', 'Host: hss:443']],
  ])('do so for a request %s', async (_, head) => {
    const gateway = await startGateway();
    const answer = await sendRaw(gateway.url, head);
    expect(answer).toMatch(/^HTTP\/1.1 40[05] /);
    expect(answer).toMatch(/^x-request-id: [\w-]+\r$/m);
    expect(answer).toMatch(/^x-content-type-options: nosniff\r$/m);
  });

  it('do so where the gateway is busy with responses that nobody reads', async () => {
    const gateway = await startGateway();
    // Each is the page, of 9 MB.
    for (let times = 0; times < 10; times++) {
      const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1').pause();
      onTestFinished(() => void socket.destroy());
      socket.write('GET /graphql HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n\r\n');
    }
    const busy = await eventually(async () => {
      const response = await gateway.fetch('/health', { headers: { 'x-request-id': 'request-7' } });
      expect(response.status).toBe(503);
      return response;
    });
    expect(Object.fromEntries(busy.headers)).toMatchObject({
      'x-request-id': 'request-7',
      'x-content-type-options': 'nosniff',
    });
  });

  it('let no other page frame GraphiQL', async () => {
    const { fetch } = await startGateway();
    const { headers } = await fetch('/graphql', { headers: { accept: 'text/html' } });
    expect(headers.get('content-security-policy')).toBe("frame-ancestors 'none'");
  });
});

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
