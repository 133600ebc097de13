import { once } from 'node:events';
import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { gatewayError, hssError, legacyHssError } from '../../src/simulator/error-replies.ts';
import type { FaultAnswer } from '../../src/simulator/faults.ts';
import type { Talk } from './talk.ts';
import { firstPort, readExample, startTalk, toError } from './talk.ts';

describe('a fault', () => {
  it('befalls the calls it is meant for, as often as it is meant to, the first that fits', async () => {
    const { simulator, list } = await startTalk();
    simulator.on({ when: ({ query }) => query.host_id === 'host-1', times: 2, answer: { status: 503 } });
    simulator.on({ when: ({ query }) => query.host_id === 'host-1', times: 1, answer: { status: 502 } });
    const status = async (host: string) => (await list(`host_id=${host}`)).status;

    expect(await status('host-40')).toBe(200);
    expect([await status('host-1'), await status('host-1'), await status('host-1')]).toEqual([503, 503, 502]);
    expect(await status('host-1')).toBe(200);
  });

  it('goes on until it is cleared', async () => {
    const { simulator, list } = await startTalk();
    simulator.on({ answer: { status: 500 } });

    expect((await list('host_id=host-1')).status).toBe(500);
    expect((await list('host_id=host-1')).status).toBe(500);
    simulator.clearFaults();
    expect((await list('host_id=host-1')).status).toBe(200);
  });

  it('may look at the body of a write', async () => {
    const { simulator, modify } = await startTalk();
    simulator.on({ when: ({ rawBody }) => rawBody.includes('not_ignore'), answer: { status: 500 } });

    expect((await modify({ operate_type: 'not_ignore' })).status).toBe(500);
    expect((await modify({ operate_type: 'ignore' })).status).toBe(200);
  });
});

describe('an answer in place of the true one', () => {
  it.each<readonly [string, FaultAnswer, Readonly<Record<string, unknown>>, string]>([
    ['JSON', { status: 200, body: { odd: [1] } }, { 'content-type': 'application/json' }, '{"odd":[1]}'],
    ['nothing', { status: 200 }, { 'content-length': '0' }, ''],
    ['HTML', { status: 502, body: '<h1>', contentType: 'text/html' }, { 'content-type': 'text/html' }, '<h1>'],
    ['half a JSON', { status: 200, body: '{"total_num":' }, { 'content-type': 'application/json' }, '{"total_num":'],
    ['another header', { status: 429, headers: { 'Retry-After': '7' } }, { 'retry-after': '7' }, ''],
    ['an odd status', { status: 494, body: {} }, { connection: 'close' }, '{}'],
  ])('may be %s', async (_kind, answer, headers, text) => {
    const { simulator, list } = await startTalk();
    simulator.on({ answer });

    expect(await list('host_id=host-1')).toMatchObject({ headers, text });
  });

  it("may be an error of the gateway's real shape", async () => {
    const { simulator, list } = await startTalk();
    simulator.on({ answer: gatewayError('APIGW.0308', 429) });

    const answer = await list('host_id=host-1');

    expect(answer.status).toBe(429);
    const body = readExample('429-api-1min').body as object;
    expect(JSON.parse(answer.text)).toEqual({ ...body, request_id: answer.headers['x-request-id'] });
  });

  it("may be an error of HSS's real shapes", async () => {
    const { simulator, list } = await startTalk();
    simulator.on({ times: 1, answer: hssError('HSS.0013') });
    simulator.on({ times: 1, answer: hssError('HSS.0041', 500) });
    simulator.on({ times: 1, answer: legacyHssError('HSS.0010', 400, '拒绝访问') });

    expect(JSON.parse((await list('host_id=host-1')).text)).toEqual(readExample('400-hss-0013').body);
    expect(toError(await list('host_id=host-1'))).toBe('500 HSS.0041');
    expect(JSON.parse((await list('host_id=host-1')).text)).toEqual(readExample('400-hss-legacy-00000010').body);
  });

  it.each([
    ['an error', { status: 503, delayMs: 120 }, 503],
    ['the true answer', { delayMs: 120 }, 200],
  ])('may be late: %s', async (_kind, answer, status) => {
    const { simulator, list } = await startTalk();
    simulator.on({ answer });
    const start = performance.now();

    expect((await list('host_id=host-1')).status).toBe(status);
    expect(performance.now() - start).toBeGreaterThan(110);
  });
});

describe('a broken connection', () => {
  it('may hang until the client gives up', async () => {
    const { simulator, send } = await startTalk();
    simulator.on({ answer: 'hang' });
    const client = new AbortController();
    const answer = expect(send({ path: '/v5/p/asset/ports?host_id=host-1', signal: client.signal })).rejects.toThrow(
      'aborted',
    );
    await expect.poll(() => simulator.calls).toMatchObject([{ aborted: false, status: null }]);
    client.abort();
    await answer;
    await expect.poll(() => simulator.calls).toMatchObject([{ aborted: true, status: null }]);
  });

  it('may be reset before the headers', async () => {
    const { simulator, list } = await startTalk();
    simulator.on({ answer: 'reset' });

    await expect(list('host_id=host-1')).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(simulator.calls).toMatchObject([{ aborted: false, status: null }]);
  });

  it.each(['reset-after-headers', 'cut-body'] as const)('may break after the headers of a list: %s', async (answer) => {
    const { simulator, list } = await startTalk();
    simulator.on({ answer });

    await expect(list('host_id=host-40')).rejects.toMatchObject({ code: 'ECONNRESET' });
    await expect.poll(() => simulator.calls).toMatchObject([{ aborted: false, status: 200 }]);
  });

  it.each(['reset-after-headers', 'cut-body'] as const)(
    'may break after the headers of a write: %s',
    async (answer) => {
      const { simulator, modify } = await startTalk();
      simulator.on({ answer });

      await expect(modify({})).rejects.toMatchObject({ code: 'ECONNRESET' });
    },
  );

  it('may cut off an error', async () => {
    const { simulator, list } = await startTalk();
    simulator.on({ answer: 'cut-body' });

    await expect(list('')).rejects.toMatchObject({ code: 'ECONNRESET' });
  });
});

describe('a body', () => {
  it('may trickle, and is whole at the end', async () => {
    const { simulator, list } = await startTalk();
    const whole = (await list('host_id=host-1')).text;
    simulator.on({ answer: { trickleMs: 10, pieceBytes: 20 } });
    const start = performance.now();

    expect((await list('host_id=host-1')).text).toBe(whole);
    expect(performance.now() - start).toBeGreaterThan(100);
  });

  it('may be larger than 16 MiB, and is a list all the same', async () => {
    const { simulator, page, list } = await startTalk();
    simulator.on({ answer: 'huge-body' });

    expect((await list('host_id=host-1')).text.length).toBeGreaterThan(16 * 1024 * 1024);
    const { total_num: total, data_list: rows } = await page('host_id=host-1');
    expect(rows).toHaveLength(total);
  });
});

describe('a client that leaves in the middle of a body', () => {
  it.each<readonly [string, FaultAnswer]>([
    ['a huge one', 'huge-body'],
    ['one that trickles', { trickleMs: 50 }],
  ])('is noticed, and does no harm: %s', async (_kind, answer) => {
    const { simulator, origin, list } = await startTalk();
    simulator.on({ times: 1, answer });
    const leaving = request(`${origin}/v5/p/asset/ports?host_id=host-1`, { headers: { 'x-auth-token': 'any' } }).end();
    leaving.on('error', () => undefined);
    await once(leaving, 'response');

    leaving.destroy();

    await expect.poll(() => simulator.calls).toMatchObject([{ aborted: true, status: 200 }]);
    expect((await list('host_id=host-1')).status).toBe(200);
  });
});

describe('a write that meets a fault', () => {
  const write = async ({ modify }: Talk, target: unknown) => {
    await modify({ operate_type: 'ignore', data_list: [target] }).catch(() => undefined);
  };

  it.each<readonly [string, FaultAnswer, boolean | undefined, boolean]>([
    ['is lost with the connection', 'reset', undefined, false],
    ['is lost with an error', { status: 503 }, undefined, false],
    ['is lost with a reset after the headers', 'reset-after-headers', undefined, false],
    ['takes effect before a reset', 'reset', true, true],
    ['takes effect before an error', { status: 500 }, true, true],
    ['takes effect with a late answer', { delayMs: 5 }, undefined, true],
    ['takes effect with a cut answer', 'cut-body', undefined, true],
    ['is lost, though the answer is the true one', { delayMs: 5 }, false, false],
  ])('%s', async (_kind, answer, applied, ignored) => {
    const talk = await startTalk();
    const target = await firstPort(talk);
    talk.simulator.on({ answer, ...(applied !== undefined && { applied }) });

    await write(talk, target);

    expect(talk.simulator.isIgnored({ agentId: target.agent_id, port: target.port, type: 'TCP' })).toBe(ignored);
  });

  it('takes effect at once, even where its answer takes longer than the client waits', async () => {
    const talk = await startTalk();
    const target = await firstPort(talk);
    talk.simulator.on({ when: ({ method }) => method === 'POST', answer: { delayMs: 60_000 } });

    void write(talk, target);

    await expect
      .poll(() => talk.simulator.isIgnored({ agentId: target.agent_id, port: target.port, type: 'TCP' }))
      .toBe(true);
  });
});
