import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { FaultAnswer } from '../../src/simulator/faults.ts';
import { gatewayError, hssError, legacyHssError } from '../../src/simulator/error-replies.ts';
import { startFaultServer } from '../support/fault-server.ts';
import { startGateway } from '../support/gateway.ts';
import { portsOfHost } from '../support/operations.ts';

interface Example {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** A captured or documented answer of HSS, as it is. */
function example(name: string): Example {
  const { status, body } = JSON.parse(
    readFileSync(new URL(`../simulator/examples/${name}.json`, import.meta.url), 'utf8'),
  ) as Example;
  return { status, body };
}

interface Expected {
  readonly code: string;
  /** `extensions.upstream`; null where HSS did not answer. */
  readonly upstream: { readonly status: number; readonly code: string | null } | null;
  /** How many calls reach HSS. */
  readonly calls?: number;
}

const rejected = (code: string, status: number, upstreamCode: string | null, calls = 1): Expected => ({
  code,
  upstream: { status, code: upstreamCode },
  calls,
});

const html = '<html><body><h1>502 Bad Gateway</h1></body></html>';
const list = { total_num: 0, data_list: [] };
const huge = 'x'.repeat(5 * 1024 * 1024);

const cases: readonly (readonly [what: string, answer: FaultAnswer, expected: Expected])[] = [
  // By HSS's code, whatever the status.
  ['401 APIGW.0301', example('401-token-decrypt'), rejected('UNAUTHENTICATED', 401, 'APIGW.0301')],
  ['401 APIGW.0307', example('401-token-must-be-updated'), rejected('UNAUTHENTICATED', 401, 'APIGW.0307')],
  ['503 APIGW.0301', gatewayError('APIGW.0301', 503), rejected('UNAUTHENTICATED', 503, 'APIGW.0301')],
  ['400 HSS.0013', example('400-hss-0013'), rejected('FORBIDDEN', 400, 'HSS.0013')],
  ['400 HSS.0010', hssError('HSS.0010'), rejected('FORBIDDEN', 400, 'HSS.0010')],
  ['403 APIGW.0302', gatewayError('APIGW.0302', 403), rejected('FORBIDDEN', 403, 'APIGW.0302')],
  ['403 APIGW.0306', gatewayError('APIGW.0306', 403), rejected('FORBIDDEN', 403, 'APIGW.0306')],
  ['400 APIGW.0310', gatewayError('APIGW.0310', 400), rejected('FORBIDDEN', 400, 'APIGW.0310')],
  ['400 APIGW.0802', gatewayError('APIGW.0802', 400), rejected('FORBIDDEN', 400, 'APIGW.0802')],
  ['404 APIGW.0101', example('404-api-not-published'), rejected('NOT_FOUND', 404, 'APIGW.0101')],
  ['400 HSS.0011', hssError('HSS.0011'), rejected('NOT_FOUND', 400, 'HSS.0011')],
  ['400 HSS.0001', example('400-hss-0001'), rejected('BAD_USER_INPUT', 400, 'HSS.0001')],
  ['500 HSS.0002', hssError('HSS.0002', 500), rejected('BAD_USER_INPUT', 500, 'HSS.0002')],
  ['429 APIGW.0308', example('429-api-1min'), rejected('UPSTREAM_RATE_LIMITED', 429, 'APIGW.0308', 3)],
  ['400 APIGW.0308', gatewayError('APIGW.0308', 400), rejected('UPSTREAM_RATE_LIMITED', 400, 'APIGW.0308', 3)],
  // By the status, where the code says nothing more.
  ['the old shape', example('400-hss-legacy-00000010'), rejected('BAD_USER_INPUT', 400, '00000010')],
  ['the old shape under 403', legacyHssError('HSS.0010', 403), rejected('FORBIDDEN', 403, '00000010')],
  [
    'an unknown code in Chinese',
    hssError('HSS.1001', 400, '令牌无效 401 Unauthorized'),
    rejected('BAD_USER_INPUT', 400, 'HSS.1001'),
  ],
  ['400 APIGW.0201', gatewayError('APIGW.0201', 400), rejected('BAD_USER_INPUT', 400, 'APIGW.0201')],
  ['401 without a body', { status: 401 }, rejected('UNAUTHENTICATED', 401, null)],
  ['403 without a body', { status: 403 }, rejected('FORBIDDEN', 403, null)],
  ['404 in HTML', { status: 404, body: html, contentType: 'text/html' }, rejected('NOT_FOUND', 404, null)],
  [
    "IAM's shape",
    { status: 401, body: { error: { code: 'IAM.0101', message: 'No.', title: 'Unauthorized' } } },
    rejected('UNAUTHENTICATED', 401, 'IAM.0101'),
  ],
  [
    "IAM's shape with a number",
    { status: 403, body: { error: { code: 403, message: 'No.' } } },
    rejected('FORBIDDEN', 403, '403'),
  ],
  ['429 without a body', { status: 429 }, rejected('UPSTREAM_RATE_LIMITED', 429, null, 3)],
  ['504 APIGW.0201', gatewayError('APIGW.0201', 504), rejected('UPSTREAM_TIMEOUT', 504, 'APIGW.0201', 3)],
  ['502 APIGW.0201', gatewayError('APIGW.0201', 502), rejected('UPSTREAM_UNAVAILABLE', 502, 'APIGW.0201', 3)],
  ['503 APIGW.0613', gatewayError('APIGW.0613', 503), rejected('UPSTREAM_UNAVAILABLE', 503, 'APIGW.0613', 3)],
  ['500 HSS.0041', hssError('HSS.0041', 500), rejected('UPSTREAM_UNAVAILABLE', 500, 'HSS.0041')],
  [
    '502 in HTML',
    { status: 502, body: html, contentType: 'text/html' },
    rejected('UPSTREAM_UNAVAILABLE', 502, null, 3),
  ],
  ['405', { status: 405 }, rejected('UPSTREAM_REJECTED', 405, null)],
  ['413 APIGW.0201', gatewayError('APIGW.0201', 413), rejected('UPSTREAM_REJECTED', 413, 'APIGW.0201')],
  ['414 APIGW.0201', gatewayError('APIGW.0201', 414), rejected('UPSTREAM_REJECTED', 414, 'APIGW.0201')],
  ['494 APIGW.0201', gatewayError('APIGW.0201', 494), rejected('UPSTREAM_REJECTED', 494, 'APIGW.0201')],
  [
    'a redirection',
    { status: 302, headers: { location: 'http://127.0.0.1:1/' } },
    rejected('UPSTREAM_REJECTED', 302, null),
  ],
  // A 2xx that is none.
  ['200 with a known code', { status: 200, body: hssError('HSS.0013').body }, rejected('FORBIDDEN', 200, 'HSS.0013')],
  [
    '200 with an unknown code beside a list',
    { status: 200, body: { ...list, error_code: 'HSS.1008' } },
    rejected('UPSTREAM_REJECTED', 200, 'HSS.1008'),
  ],
  ['200 without a body', { status: 200 }, rejected('UPSTREAM_BAD_RESPONSE', 200, null)],
  ['204', { status: 204 }, rejected('UPSTREAM_BAD_RESPONSE', 204, null)],
  ['200 {}', { status: 200, body: {} }, rejected('UPSTREAM_BAD_RESPONSE', 200, null)],
  ['200 []', { status: 200, body: [] }, rejected('UPSTREAM_BAD_RESPONSE', 200, null)],
  ['200 null', { status: 200, body: 'null' }, rejected('UPSTREAM_BAD_RESPONSE', 200, null)],
  [
    '200 with a total that is a word',
    { status: 200, body: { ...list, total_num: 'none' } },
    rejected('UPSTREAM_BAD_RESPONSE', 200, null),
  ],
  [
    '200 with rows that are no objects',
    { status: 200, body: { total_num: 1, data_list: ['x'] } },
    rejected('UPSTREAM_BAD_RESPONSE', 200, null),
  ],
  ['200 in HTML', { status: 200, body: html, contentType: 'text/html' }, rejected('UPSTREAM_BAD_RESPONSE', 200, null)],
  ['half of a JSON text', { status: 200, body: '{"total_num":1,"data' }, rejected('UPSTREAM_BAD_RESPONSE', 200, null)],
  ['401 of 5 MiB', { status: 401, body: huge }, rejected('UNAUTHENTICATED', 401, null)],
  ['429 of 5 MiB', { status: 429, body: huge }, rejected('UPSTREAM_RATE_LIMITED', 429, null, 3)],
  ['400 with a short code', hssError('HSS.12'), rejected('BAD_USER_INPUT', 400, 'HSS.12')],
  [
    '200 with the code 0 beside a text that is no list',
    { status: 200, body: { error_code: '0' } },
    rejected('UPSTREAM_BAD_RESPONSE', 200, null),
  ],
  ['a list of 18 MiB', 'huge-body', rejected('UPSTREAM_BAD_RESPONSE', 200, null)],
  // No answer.
  ['a reset before the headers', 'reset', { code: 'UPSTREAM_UNAVAILABLE', upstream: null, calls: 3 }],
  ['a reset after the headers', 'reset-after-headers', { code: 'UPSTREAM_UNAVAILABLE', upstream: null, calls: 3 }],
  ['a body cut in the middle', 'cut-body', { code: 'UPSTREAM_UNAVAILABLE', upstream: null, calls: 3 }],
];

describe('an answer of HSS', () => {
  describe.each([
    ['is cut', (socket: Socket, text: string) => socket.end(text)],
    ['stalls', (socket: Socket, text: string) => socket.write(text)],
  ])('whose text %s', (_what, send) => {
    it.each([
      ['401 Unauthorized', 'UNAUTHENTICATED', undefined],
      ['429 Too Many Requests\r\nRetry-After: 60', 'UPSTREAM_RATE_LIMITED', 60],
    ])('is told by its status, %j, and not asked for again', async (head, code, seconds) => {
      const { origin, requests } = await startFaultServer((socket) =>
        send(socket, `HTTP/1.1 ${head}\r\nContent-Length: 100\r\n\r\n{"error_`),
      );
      const { query } = await startGateway({ env: { HSS_ENDPOINT: origin, HSS_TIMEOUT_MS: '300' } });
      const { errors } = await query(portsOfHost);
      expect(errors).toMatchObject([{ extensions: { code, ...(seconds && { retryAfterSeconds: seconds }) } }]);
      expect(requests).toHaveLength(1);
    });
  });

  it.each(cases)('that is %s has one clear code', async (_what, answer, expected) => {
    const { query, simulator } = await startGateway();
    simulator.on({ answer });
    const { status, data, errors } = await query(portsOfHost);
    expect(status).toBe(200);
    expect(data).toEqual({ host: { id: 'h', ports: null } });
    expect(errors).toHaveLength(1);
    const [error] = errors!;
    expect(error!.path).toEqual(['host', 'ports']);
    expect(error!.extensions.code).toBe(expected.code);
    const requestId = expect.stringMatching(/^0{30}[\da-f]{2}$/) as string;
    expect(error!.extensions.upstream).toEqual(
      expected.upstream === null ? undefined : { ...expected.upstream, requestId },
    );
    expect(simulator.calls).toHaveLength(expected.calls ?? 1);
  });

  it('is taken for a list by its body, not by its content type', async () => {
    const { query, simulator } = await startGateway();
    simulator.on({ answer: { status: 200, body: JSON.stringify(list), contentType: 'text/plain' } });
    const { data, errors } = await query(portsOfHost);
    expect(errors).toBeUndefined();
    expect(data.host.ports).toEqual({ totalCount: 0 });
  });

  it('names the request by its body where the header is missing', async () => {
    const body = JSON.stringify({ error_code: 'APIGW.0302', error_msg: 'no', request_id: 'abc0307' });
    const { origin } = await startFaultServer((socket) => {
      socket.end(`HTTP/1.1 403 Forbidden\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    });
    const { query } = await startGateway({ env: { HSS_ENDPOINT: origin } });
    const { errors } = await query(portsOfHost);
    expect(errors![0]!.extensions.upstream).toEqual({ status: 403, code: 'APIGW.0302', requestId: 'abc0307' });
  });

  const brokenOff: readonly (readonly [string, string])[] = [
    [
      'chunks without their end',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\n{"tot\r\n',
    ],
    ['less than its length', 'HTTP/1.1 200 OK\r\nContent-Length: 900\r\nConnection: close\r\n\r\n{"total_num":0'],
    ['a head without its end', 'HTTP/1.1 200 OK\r\nContent-Len'],
    ['no HTTP', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['nothing', ''],
  ];
  it.each(brokenOff)('of which there is %s counts as a broken connection', async (_what, bytes) => {
    const { origin, requests } = await startFaultServer((socket) => socket.end(bytes));
    const { query } = await startGateway({ env: { HSS_ENDPOINT: origin } });
    const { errors } = await query(portsOfHost);
    expect(errors![0]!.extensions).toEqual({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(requests).toHaveLength(3);
  });
});

describe('a write that HSS answers', () => {
  const write = `mutation {
    setPortIgnore(input: { ignore: true, ports: [{ agentId: "a", port: 22, protocol: TCP }] }) {
      results { outcome error { code } }
    }
  }`;
  const outcomes: readonly (readonly [string, FaultAnswer, string, string | null, number])[] = [
    ['with nothing', { status: 200 }, 'ACCEPTED', null, 1],
    ['with any JSON', { status: 202, body: { result: 'ok' } }, 'ACCEPTED', null, 1],
    ['with HTML', { status: 200, body: html, contentType: 'text/html' }, 'UNKNOWN', 'UPSTREAM_BAD_RESPONSE', 1],
    ['with a code under 200', { status: 200, body: hssError('HSS.0013').body }, 'REJECTED', 'FORBIDDEN', 1],
    ['with 400', hssError('HSS.0001'), 'REJECTED', 'BAD_USER_INPUT', 1],
    ['with 429 again and again', gatewayError('APIGW.0308', 429), 'REJECTED', 'UPSTREAM_RATE_LIMITED', 3],
    ['with 503', gatewayError('APIGW.0613', 503), 'UNKNOWN', 'UPSTREAM_UNAVAILABLE', 1],
    ['with 504', gatewayError('APIGW.0201', 504), 'UNKNOWN', 'UPSTREAM_TIMEOUT', 1],
    ['with 400 at great length', { status: 400, body: huge }, 'REJECTED', 'BAD_USER_INPUT', 1],
    ['by a reset', 'reset', 'UNKNOWN', 'UPSTREAM_UNAVAILABLE', 1],
    ['with half a body', 'cut-body', 'UNKNOWN', 'UPSTREAM_UNAVAILABLE', 1],
  ];
  it.each(outcomes)(
    '%s is told as it is, and sent no more than is safe',
    async (_how, answer, outcome, code, calls) => {
      const { query, simulator } = await startGateway();
      simulator.on({ answer });
      const { data } = await query(write);
      expect(data.setPortIgnore.results).toEqual([{ outcome, error: code === null ? null : { code } }]);
      expect(simulator.calls).toHaveLength(calls);
    },
  );

  it('that never reached HSS is rejected', async () => {
    const { query, simulator } = await startGateway();
    await simulator.close();
    const { data } = await query(write);
    expect(data.setPortIgnore.results).toEqual([{ outcome: 'REJECTED', error: { code: 'UPSTREAM_UNAVAILABLE' } }]);
  });
});
