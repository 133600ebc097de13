import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { FaultAnswer } from '../../src/simulator/faults.ts';
import { gatewayError, hssError } from '../../src/simulator/error-replies.ts';
import { createSimulator } from '../../src/simulator/simulator.ts';
import { builtGateway } from '../support/build.ts';
import { startCollector } from '../support/collector.ts';
import { ask, spawnGateway } from '../support/gateway-process.ts';

/** Each has the shape of something that is passed on: of an id or a word, of a code, or of none. */
const tokens = [
  'canary-token-0123456789abcdef',
  'CANARY.20261123',
  `MIICanaryToken${'AbCdEfGhIjKlMnOpQrStUvWxYz0123456789'.repeat(140)}==`,
] as const;

const secret = 'canary-router-secret';
const text = 'canary-text 令牌无效';

/** HSS's faults, with the token wherever HSS can put it. */
function faultsWith(token: string): FaultAnswer[] {
  const echo = {
    error_code: token,
    error_msg: `${text} ${token}`,
    error_description: token,
    request_id: token,
    error: { code: token, message: token },
  };
  const headers = { 'x-request-id': token, 'retry-after': token, 'x-canary-header': `canary-header ${token}` };
  return [
    ...[200, 302, 400, 401, 403, 404, 413, 429, 494, 500, 502, 503, 504].map((status) => ({
      status,
      body: echo,
      headers: { ...headers, location: `http://localhost/${token}` },
    })),
    // Parts of a token tell something, too.
    { status: 403, body: { ...echo, error_code: token.slice(3, 30) }, headers: { 'x-request-id': token.slice(0, 64) } },
    { status: 400, body: { error_code: 'HSS.0001', error_msg: text }, headers: { 'x-request-id': 'localhost' } },
    { status: 200, body: `<html>${text} ${token}</html>`, contentType: `text/html; ${token}`, headers },
    { status: 200, body: { total_num: token, data_list: token }, headers },
    { status: 200, body: { total_num: 1, data_list: [{ type: token, status: token }] }, headers },
    hssError(token, 400, `${text} ${token}`),
    gatewayError('APIGW.0301', 401, `${text} ${token}`),
    'hang',
    'reset',
    'reset-after-headers',
    'cut-body',
    'huge-body',
  ];
}

const read = '{ host(id: "h") { ports { totalCount nodes { port protocol status } } } }';
const write =
  'mutation { setPortIgnore(input: { ignore: true, ports: [{ agentId: "a", port: 1, protocol: TCP }] }) { results { outcome error { code message } } } }';

beforeAll(() => builtGateway(), 180_000);

describe('what HSS says, and what it is told', () => {
  it('shows in no answer, log line, metric or trace, whatever fault befalls', async () => {
    const simulator = createSimulator();
    onTestFinished(() => simulator.close());
    const address = new URL(await simulator.listen());
    const collector = await startCollector();
    onTestFinished(() => collector.close());
    // In a process of its own, so that nothing it writes anywhere is missed.
    const gateway = await spawnGateway({
      HSS_ENDPOINT: `http://localhost:${address.port}`,
      HSS_PROJECT_ID: 'project',
      HSS_TIMEOUT_MS: '300',
      OPERATION_TIMEOUT_MS: '1500',
      LOG_LEVEL: 'trace',
      ROUTER_SECRET: `${secret} another-${secret}`,
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
      OTEL_BSP_SCHEDULE_DELAY: '200',
    });
    const url = await gateway.url();
    const answers: string[] = [];
    let errors = 0;
    let refusals = 0;

    for (const token of tokens) {
      const record = async (query: string): Promise<void> => {
        // A client may take the one for the other.
        const headers = { 'x-auth-token': token, 'router-authorization': secret, 'graphql-client-name': token };
        const response = await ask(url, query, headers);
        const body = await response.text();
        if (body.includes('"code"')) errors += 1;
        answers.push(body, JSON.stringify([...response.headers]));
      };
      for (const answer of faultsWith(token)) {
        for (const query of [read, write]) {
          simulator.on({ answer });
          await record(query);
          simulator.clearFaults();
          // An answer between the faults keeps the breaker closed.
          await record(read);
        }
      }
    }
    await simulator.close();
    for (const token of tokens) {
      const response = await ask(url, read, { 'x-auth-token': token, 'router-authorization': secret });
      answers.push(await response.text());
      for (const [path, headers] of [
        ['/graphql', { 'router-authorization': token, 'x-forwarded-for': token }],
        [`/${token}`, { 'router-authorization': secret, host: token }],
        [`/metrics?${token}`, { 'graphql-client-name': `${token} ${secret}` }],
      ] as const) {
        const refused = await fetch(new URL(path, url), { headers: { ...headers, 'x-auth-token': token } });
        answers.push(await refused.text());
        refusals += 1;
      }
    }
    expect(errors).toBeGreaterThan(tokens.length * 2 * 20);
    const metrics = await (
      await fetch(new URL('/metrics', url), { headers: { 'router-authorization': secret } })
    ).text();
    expect(metrics).toContain('hss_gateway_upstream_call_duration_seconds_count');
    // The start line alone may name HSS.
    const log = (): string =>
      gateway
        .stdout()
        .split('\n')
        .filter((line) => !line.includes('"msg":"listening"'))
        .join('\n') + gateway.stderr();
    await expect
      .poll(() => log().match(/"msg":"operation"/g)?.length)
      .toBe((answers.length - tokens.length - refusals) / 2 + tokens.length);
    for (const stream of ['refused', 'audit', 'audit targets']) expect(log()).toContain(`"msg":"${stream}"`);

    const canaries = [
      ...tokens,
      ...tokens.map((token) => token.slice(0, 24)),
      /canary/i,
      '令牌',
      `localhost:${address.port}`,
      `127.0.0.1:${address.port}`,
      'localhost',
      'api-gateway',
    ];
    // Why a connection failed is for those who run the gateway.
    expect(answers.join('\n')).not.toContain('ECONN');
    expect(metrics).toContain('hss_gateway_upstream_failures_total{reason="ECONNREFUSED"}');
    await expect.poll(() => collector.bodies.join('').match(/"traceId"/g)?.length).toBeGreaterThan(errors);
    for (const place of [answers.join('\n'), log(), metrics, collector.bodies.join('')]) {
      for (const canary of canaries) {
        const found = typeof canary === 'string' ? place.indexOf(canary) : place.search(canary);
        expect(found === -1 ? '' : place.slice(Math.max(0, found - 200), found + 100)).toBe('');
      }
    }
  });
});
