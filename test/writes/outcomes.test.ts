import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { gatewayError, hssError, legacyHssError } from '../../src/simulator/error-replies.ts';
import type { FaultAnswer } from '../../src/simulator/faults.ts';
import { startGateway } from '../support/gateway.ts';
import { bodyOf, outcomesOf, portsOf, setPortIgnore, writes, writesOf } from './set-port-ignore.ts';

const ports = portsOf('host-10000', 401);
/** A port of each of the three chunks. */
const [first, second, third] = [1024, 1224, 1424] as const;

describe('an answer of HSS', () => {
  it.each<readonly [what: string, answer: FaultAnswer]>([
    ['200 with an empty body', { status: 200 }],
    ['200 with `{}`', { status: 200, body: {} }],
    ['200 with other JSON', { status: 200, body: { result: ['done'], error: null } }],
    ['200 with a JSON text', { status: 200, body: '"OK"' }],
    ['200 with an empty error code', { status: 200, body: { error_code: '', error_msg: '' } }],
    ['202', { status: 202, body: {} }],
    ['204', { status: 204 }],
  ])('%s accepts its chunk', async (_what, answer) => {
    const gateway = await startGateway();
    gateway.simulator.on({ answer });

    const result = await setPortIgnore(gateway, { ports: ports.slice(0, 1) });

    expect(outcomesOf(result)).toEqual(new Map([[first, ['ACCEPTED', null]]]));
    expect(writesOf(gateway)).toHaveLength(1);
  });

  it.each<readonly [what: string, answer: FaultAnswer, code: string]>([
    ['400 HSS.0001', hssError('HSS.0001'), 'BAD_USER_INPUT'],
    ['400 HSS.0010', hssError('HSS.0010'), 'FORBIDDEN'],
    ['400 HSS.0011', hssError('HSS.0011'), 'NOT_FOUND'],
    ['400 HSS.0013', hssError('HSS.0013'), 'FORBIDDEN'],
    ['400 in the older shape', legacyHssError('HSS.0010'), 'BAD_USER_INPUT'],
    ['400 with HTML', { status: 400, body: '<html>', contentType: 'text/html' }, 'BAD_USER_INPUT'],
    ['403', gatewayError('APIGW.0302', 403), 'FORBIDDEN'],
    ['404', gatewayError('APIGW.0101', 404), 'NOT_FOUND'],
    ['405', { status: 405 }, 'UPSTREAM_REJECTED'],
    ['413', gatewayError('APIGW.0201', 413), 'UPSTREAM_REJECTED'],
    ['200 with HSS.0013', { ...hssError('HSS.0013'), status: 200 }, 'FORBIDDEN'],
    ['200 with a code of no meaning', { ...hssError('HSS.9999'), status: 200 }, 'UPSTREAM_REJECTED'],
  ])('%s rejects its chunk alone, once', async (_what, answer, code) => {
    const gateway = await startGateway();
    gateway.simulator.on({ when: writes(second), answer });

    const result = await setPortIgnore(gateway, { ports });

    expect(result.errors).toBeUndefined();
    expect(result.data.setPortIgnore).toMatchObject({ acceptedCount: 201, rejectedCount: 200, unknownCount: 0 });
    const outcomes = outcomesOf(result);
    expect(outcomes.get(first)).toEqual(['ACCEPTED', null]);
    expect(outcomes.get(second)).toEqual(['REJECTED', code]);
    expect(outcomes.get(third)).toEqual(['ACCEPTED', null]);
    expect(new Set(writesOf(gateway).map((call) => bodyOf(call).data_list[0]!.port))).toEqual(
      new Set([first, second, third]),
    );
    expect(writesOf(gateway)).toHaveLength(3);
  });

  it.each<readonly [what: string, answer: FaultAnswer, code: string]>([
    ['200 with HTML', { status: 200, body: '<html>', contentType: 'text/html' }, 'UPSTREAM_BAD_RESPONSE'],
    ['200 that is too large', 'huge-body', 'UPSTREAM_BAD_RESPONSE'],
    ['500', hssError('HSS.0041', 500), 'UPSTREAM_UNAVAILABLE'],
    ['502', gatewayError('APIGW.0201', 502), 'UPSTREAM_UNAVAILABLE'],
    ['503', { status: 503 }, 'UPSTREAM_UNAVAILABLE'],
    ['504', gatewayError('APIGW.0201', 504), 'UPSTREAM_TIMEOUT'],
  ])('%s leaves its chunk unknown, and is not asked for again', async (_what, answer, code) => {
    const gateway = await startGateway();
    gateway.simulator.on({ when: writes(second), answer });

    const result = await setPortIgnore(gateway, { ports });

    expect(result.errors).toBeUndefined();
    expect(result.data.setPortIgnore).toMatchObject({ acceptedCount: 201, rejectedCount: 0, unknownCount: 200 });
    expect(outcomesOf(result).get(second)).toEqual(['UNKNOWN', code]);
    expect(writesOf(gateway)).toHaveLength(3);
  });
});

describe('silence of HSS', () => {
  it.each<readonly [what: string, answer: FaultAnswer]>([
    ['a reset', 'reset'],
    ['a reset after the headers', 'reset-after-headers'],
    ['a body cut in the middle', 'cut-body'],
  ])('after %s leaves the chunk unknown, and it is not sent again', async (_what, answer) => {
    const gateway = await startGateway();
    gateway.simulator.on({ when: writes(second), answer, applied: true });

    const result = await setPortIgnore(gateway, { ports });

    expect(outcomesOf(result).get(second)).toEqual(['UNKNOWN', 'UPSTREAM_UNAVAILABLE']);
    expect(result.data.setPortIgnore).toMatchObject({ acceptedCount: 201, unknownCount: 200 });
    expect(writesOf(gateway)).toHaveLength(3);
    // Unknown is the honest word: it did happen.
    const [port] = portsOf('host-10000', 1);
    expect(gateway.simulator.isIgnored({ agentId: port!.agentId, port: second, type: 'TCP' })).toBe(true);
  });

  it('beyond the time of a call leaves the chunk unknown, and it is not sent again', async () => {
    const gateway = await startGateway({ env: { HSS_TIMEOUT_MS: '2500' } });
    gateway.simulator.on({ when: writes(first), answer: 'hang' });

    const result = await setPortIgnore(gateway, { ports });

    const outcomes = outcomesOf(result);
    expect(outcomes.get(first)).toEqual(['UNKNOWN', 'UPSTREAM_TIMEOUT']);
    expect(outcomes.get(second)).toEqual(['ACCEPTED', null]);
    expect(result.data.setPortIgnore).toMatchObject({ acceptedCount: 201, rejectedCount: 0, unknownCount: 200 });
    expect(writesOf(gateway)).toHaveLength(3);
  });
});

describe('a throttled chunk', () => {
  it('is sent again, and accepted when HSS takes it', async () => {
    const gateway = await startGateway();
    gateway.simulator.on({ when: writes(second), times: 1, answer: gatewayError('APIGW.0308', 429) });

    const result = await setPortIgnore(gateway, { ports });

    expect(result.data.setPortIgnore).toMatchObject({ acceptedCount: 401, rejectedCount: 0, unknownCount: 0 });
    const sent = writesOf(gateway).map((call) => bodyOf(call).data_list[0]!.port);
    // The third goes out beside the second.
    expect(sent.toSorted((a, b) => a - b)).toEqual([first, second, second, third]);
    expect(sent.at(-1)).toBe(second);
    const bodies = writesOf(gateway).filter((call) => bodyOf(call).data_list[0]!.port === second);
    expect(bodies[1]!.rawBody).toBe(bodies[0]!.rawBody);
  });

  it('is rejected after three attempts, and takes no other along', async () => {
    const gateway = await startGateway();
    gateway.simulator.on({
      when: writes(second),
      answer: { ...gatewayError('APIGW.0308', 429), headers: { 'retry-after': '0' } },
    });

    const result = await setPortIgnore(gateway, { ports });

    expect(outcomesOf(result).get(second)).toEqual(['REJECTED', 'UPSTREAM_RATE_LIMITED']);
    expect(result.data.setPortIgnore).toMatchObject({ acceptedCount: 201, rejectedCount: 200, unknownCount: 0 });
    expect(writesOf(gateway)).toHaveLength(5);
  });

  it.each([
    [503, 'UNKNOWN'],
    [200, 'REJECTED'],
  ])('is none where the status is %i, whatever the code: it is not sent again', async (status, outcome) => {
    const gateway = await startGateway();
    const answer = { ...gatewayError('APIGW.0308', status), headers: { 'retry-after': '0' } };
    gateway.simulator.on({ answer });

    const result = await setPortIgnore(gateway, { ports: ports.slice(0, 1) });

    expect(outcomesOf(result).get(first)).toEqual([outcome, 'UPSTREAM_RATE_LIMITED']);
    expect(writesOf(gateway)).toHaveLength(1);
  });

  it('is rejected at once where HSS asks for more time than the operation has', async () => {
    const gateway = await startGateway();
    gateway.simulator.on({
      when: writes(second),
      answer: { ...gatewayError('APIGW.0308', 429), headers: { 'retry-after': '60' } },
    });

    const result = await setPortIgnore(gateway, { ports });

    expect(outcomesOf(result).get(second)).toEqual(['REJECTED', 'UPSTREAM_RATE_LIMITED']);
    const { results } = result.data.setPortIgnore as { results: { port: number; error: object | null }[] };
    expect(results.find(({ port }) => port === second)?.error).toMatchObject({ retryAfterSeconds: 60 });
    expect(writesOf(gateway)).toHaveLength(3);
  });
});

describe('a write that never reaches HSS', () => {
  it('is tried again, and rejected', async () => {
    const gateway = await startGateway({ env: { HSS_ENDPOINT: `http://127.0.0.1:${await closedPort()}` } });

    const result = await setPortIgnore(gateway, { ports: ports.slice(0, 2) });

    expect(result.errors).toBeUndefined();
    expect(result.data.setPortIgnore).toMatchObject({ acceptedCount: 0, rejectedCount: 2, unknownCount: 0 });
    expect([...outcomesOf(result).values()]).toEqual([
      ['REJECTED', 'UPSTREAM_UNAVAILABLE'],
      ['REJECTED', 'UPSTREAM_UNAVAILABLE'],
    ]);
    expect(result.extensions!.cost).toMatchObject({ writes: 3, retries: 2 });
  });
});

describe('what a result says of a chunk that HSS refused', () => {
  it('is that it was refused as a whole, and nothing of HSS’s own words', async () => {
    const gateway = await startGateway();
    gateway.simulator.on({ when: writes(first), answer: hssError('HSS.0001', 400, 'row 17 is bad') });

    const { data } = await setPortIgnore(gateway, { ports });

    const messages = (data.setPortIgnore.results as { error: { message: string } | null }[]).map(
      ({ error }) => error?.message,
    );
    expect(new Set(messages.slice(0, 200))).toEqual(
      new Set([
        'HSS refused the request as invalid. It refused 200 ports together and does not say which of them is at fault.',
      ]),
    );
    expect(messages.slice(200).every((message) => message === undefined)).toBe(true);
  });

  it('names no others where there were none', async () => {
    const gateway = await startGateway();
    gateway.simulator.on({ answer: hssError('HSS.0001') });

    const { data } = await setPortIgnore(gateway, { ports: ports.slice(0, 1) });

    expect(data.setPortIgnore.results[0].error).toEqual({
      code: 'BAD_USER_INPUT',
      message: 'HSS refused the request as invalid.',
      retryAfterSeconds: null,
    });
  });
});

/** A port of this machine that nobody listens on. */
function closedPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
