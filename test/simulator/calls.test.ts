import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createSimulator } from '../../src/simulator/simulator.ts';
import { sendTo, startTalk } from './talk.ts';

describe('the record of calls', () => {
  it('tells what arrived, as it arrived', async () => {
    const { simulator, send } = await startTalk();
    const before = Date.now();

    await send({
      path: '/v5/a%2Fb/asset/ports?host_id=a%20b&host_id=c&limit=10',
      headers: { 'x-auth-token': 't', 'x-odd': '1' },
    });

    const [call] = simulator.calls;
    expect(call).toMatchObject({
      method: 'GET',
      path: '/v5/a%2Fb/asset/ports',
      query: { host_id: 'a b', limit: '10' },
      headers: { 'x-auth-token': 't', 'x-odd': '1' },
      rawUrl: '/v5/a%2Fb/asset/ports?host_id=a%20b&host_id=c&limit=10',
      body: null,
      rawBody: '',
      aborted: false,
      status: 200,
    });
    expect(call?.at).toBeGreaterThanOrEqual(before);
  });

  it('has the body as text and as JSON', async () => {
    const { simulator, modify } = await startTalk();

    await modify('{ "operate_type": "ignore" }');
    await modify('no json');

    expect(simulator.calls.map(({ body, rawBody }) => ({ body, rawBody }))).toEqual([
      { body: { operate_type: 'ignore' }, rawBody: '{ "operate_type": "ignore" }' },
      { body: null, rawBody: 'no json' },
    ]);
  });

  it('has the calls that were refused, and can be cleared', async () => {
    const { simulator, list, send } = await startTalk();
    await list('');
    await send({ path: '/v5' });

    expect(simulator.calls.map(({ status }) => status)).toEqual([400, 404]);
    simulator.clearCalls();
    expect(simulator.calls).toEqual([]);
  });

  it('tells which connection a call came by, and how long that was idle', async () => {
    const { simulator, send } = await startTalk();
    const agent = new Agent({ keepAlive: true });
    onTestFinished(() => {
      agent.destroy();
    });
    const path = '/v5/p/asset/ports?host_id=host-1';

    await send({ path, agent });
    await setTimeout(30);
    await send({ path, agent });
    await send({ path });

    expect(simulator.calls).toMatchObject([
      { connection: 1, nthOfConnection: 1, idleMs: null },
      { connection: 1, nthOfConnection: 2 },
      { connection: 2, nthOfConnection: 1, idleMs: null },
    ]);
    expect(simulator.calls[1]?.idleMs).toBeGreaterThan(20);
  });

  it('marks a call whose client left before the answer', async () => {
    const { simulator, origin } = await startTalk();
    simulator.on({ answer: 'hang' });
    const leaving = request(`${origin}/v5/p/asset/ports?host_id=host-1`, { headers: { 'x-auth-token': 'any' } });
    leaving.on('error', () => undefined);
    leaving.end();
    await expect.poll(() => simulator.calls).toHaveLength(1);

    leaving.destroy();

    await expect.poll(() => simulator.calls).toMatchObject([{ aborted: true, status: null }]);
  });

  it.each([
    [2, 2],
    [0, 0],
  ])('keeps no more than the last %i', async (record, kept) => {
    const { simulator, list } = await startTalk({ record });

    for (const name of ['a', 'b', 'c']) await list(`host_id=${name}`);

    const names = simulator.calls.map(({ query }) => query.host_id);
    expect(names).toEqual(['a', 'b', 'c'].slice(3 - kept));
  });
});

describe('mostConcurrent', () => {
  it('is the most requests that were under way at once', async () => {
    const { simulator, list } = await startTalk();
    simulator.on({ times: 4, answer: { delayMs: 1_500 } });

    await Promise.all([1, 2, 3, 4].map(() => list('host_id=host-1')));
    expect(simulator.mostConcurrent).toBe(4);

    simulator.clearCalls();
    await list('host_id=host-1');
    await list('host_id=host-1');
    expect(simulator.mostConcurrent).toBe(1);
  });
});

describe('a simulator', () => {
  it('cuts off what is under way when it closes, and may listen again', async () => {
    const simulator = createSimulator();
    const origin = await simulator.listen();
    simulator.on({ answer: 'hang', times: 1 });
    const hanging = request(`${origin}/v5`).end();
    const failed = once(hanging, 'error');
    await expect.poll(() => simulator.calls).toHaveLength(1);

    await simulator.close();
    await failed;
    await expect(sendTo(origin, { path: '/v5' })).rejects.toThrow('ECONNREFUSED');

    const again = await simulator.listen(Number(new URL(origin).port));
    expect(again).toBe(origin);
    expect(await sendTo(origin, { path: '/v5' })).toMatchObject({ status: 404 });
    expect(simulator.calls.map(({ aborted }) => aborted)).toEqual([false, false]);
    await simulator.close();
  });

  it('says so when its port is taken, and can still listen elsewhere', async () => {
    const { origin } = await startTalk();
    const simulator = createSimulator();

    await expect(simulator.listen(Number(new URL(origin).port))).rejects.toThrow('EADDRINUSE');

    await expect(simulator.listen()).resolves.toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    await simulator.close();
  });

  it('knows only the hosts it is given, where it is given any', async () => {
    const { page } = await startTalk({ data: [{ hostId: 'mine', rows: [{ port: 22 }] }] });

    expect((await page('host_id=mine')).total_num).toBe(1);
    expect((await page('host_id=host-40')).total_num).toBe(0);
  });
});
