import { describe, expect, it } from 'vitest';
import { startTalk, toError, type Talk } from './talk.ts';

describe('a host to rehearse on', () => {
  it('is throttled', async () => {
    const { list } = await startTalk();

    const answer = await list('host_id=rehearse-throttled');

    expect(toError(answer)).toBe('429 APIGW.0308');
    expect(answer.headers['retry-after']).toBe('30');
  });

  it('is forbidden, and throttled, only to those whom HSS would let in', async () => {
    const { list } = await startTalk({ strictTokens: [{ token: 'good' }] });

    expect(toError(await list('host_id=rehearse-forbidden', 'good'))).toBe('400 HSS.0013');
    expect(toError(await list('host_id=rehearse-forbidden', 'bad'))).toBe('401 APIGW.0301');
    expect(toError(await list('host_id=rehearse-throttled&limit=1', 'good'))).toBe('400 HSS.0001');
  });

  it('breaks half-way: first pages fine, later ones fail', async () => {
    const { list, page } = await startTalk();
    const pageAt = (offset: number) => `host_id=rehearse-broken-halfway&limit=200&offset=${String(offset)}`;

    expect(await page(pageAt(200))).toMatchObject({ total_num: 1_000, data_list: { length: 200 } });
    expect(toError(await list(pageAt(400)))).toBe('500 HSS.0041');
    expect(toError(await list(pageAt(201)))).toBe('500 HSS.0041');
  });

  it('is slow', async () => {
    const { page } = await startTalk();
    const start = performance.now();

    expect((await page('host_id=rehearse-slow')).data_list).toHaveLength(10);
    expect(performance.now() - start).toBeGreaterThan(2_900);
  });

  it('does not answer', async () => {
    const { send } = await startTalk();
    const path = '/v5/p/asset/ports?host_id=rehearse-timeout';

    await expect(send({ path, signal: AbortSignal.timeout(100) })).rejects.toThrow('aborted');
  });

  it('is long, or empty', async () => {
    const { page } = await startTalk();

    expect((await page('host_id=rehearse-long&limit=200&offset=11900')).data_list).toHaveLength(100);
    expect(await page('host_id=rehearse-empty')).toEqual({ data_list: [], total_num: 0 });
  });

  it('leaves the others alone', async () => {
    const { list } = await startTalk();
    await list('host_id=rehearse-throttled');

    expect((await list('host_id=host-40&limit=10&offset=400')).status).toBe(200);
  });
});

describe('rehearse-ignoring', () => {
  const agentOf = async ({ page }: Talk) => String((await page('host_id=rehearse-ignoring')).data_list[0]?.agent_id);

  async function ignoring(...ports: number[]) {
    const talk = await startTalk();
    const agentId = await agentOf(talk);
    const targets = ports.map((port) => ({ agent_id: agentId, port, port_type: 'TCP' }));
    const ignore = (operate = 'ignore') => talk.modify({ operate_type: operate, data_list: targets });
    const isIgnored = () => ports.map((port) => talk.simulator.isIgnored({ agentId, port, type: 'TCP' }));
    return { ignore, isIgnored };
  }

  it('accepts one port', async () => {
    const { ignore, isIgnored } = await ignoring(8001);

    expect((await ignore()).status).toBe(200);
    expect(isIgnored()).toEqual([true]);
  });

  it('takes its time over another', async () => {
    const { ignore, isIgnored } = await ignoring(8002);
    const start = performance.now();

    expect((await ignore()).status).toBe(200);
    expect(performance.now() - start).toBeGreaterThan(2_900);
    expect(isIgnored()).toEqual([true]);
  });

  it('rejects a third, and with it whatever is of its batch', async () => {
    const { ignore, isIgnored } = await ignoring(8001, 8003);

    expect(toError(await ignore())).toBe('400 HSS.0010');
    expect(isIgnored()).toEqual([false, false]);
  });

  it('obeys for a fourth without an answer, until it is asked again, and so each time', async () => {
    const { ignore, isIgnored } = await ignoring(8004);

    for (const [operate, ignored] of [
      ['ignore', true],
      ['not_ignore', false],
    ] as const) {
      await expect(ignore(operate)).rejects.toMatchObject({ code: 'ECONNRESET' });
      expect(isIgnored()).toEqual([ignored]);
      expect((await ignore(operate)).status).toBe(200);
    }
  });

  it('has rows that cannot be ignored: one of TCP6, one without an agent', async () => {
    const { page } = await startTalk();

    const { data_list: rows } = await page('host_id=rehearse-ignoring');

    expect(rows.slice(-2)).toMatchObject([{ type: 'TCP6' }, { agent_id: '' }]);
  });
});
