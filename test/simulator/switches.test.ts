import { describe, expect, it } from 'vitest';
import { defaultSwitches, switchWords } from '../../src/simulator/switches.ts';
import { readExample, startTalk, toError } from './talk.ts';

describe('the switches', () => {
  it('stand on their first word', () => {
    for (const [name, [first]] of Object.entries(switchWords)) expect(defaultSwitches).toHaveProperty(name, first);
  });

  it('may be set at the start and while the simulator runs', async () => {
    const { simulator, list } = await startTalk({ unknownHost: 'reject' });

    expect(toError(await list('host_id=nobody'))).toBe('400 HSS.0010');
    simulator.switches.unknownHost = 'empty';
    expect(JSON.parse((await list('host_id=nobody')).text)).toEqual({ data_list: [], total_num: 0 });
  });
});

describe('outOfRange clamp', () => {
  it.each([
    ['limit=1', 10],
    ['limit=1000', 200],
    ['offset=-5', 10],
    ['offset=9000000', 0],
    ['port=0', 0],
  ])('takes the nearest bound: %s', async (query, count) => {
    const { page } = await startTalk({ outOfRange: 'clamp' });

    expect((await page(`host_id=host-350&${query}`)).data_list).toHaveLength(count);
  });

  it('still refuses what is no number', async () => {
    const { list } = await startTalk({ outOfRange: 'clamp' });

    expect(toError(await list('host_id=host-1&limit=all'))).toBe('400 HSS.0001');
  });
});

describe('maxLimit', () => {
  it('is the most rows of a read, whatever its limit says, and the total tells of the others', async () => {
    const { page } = await startTalk({ maxLimit: 100 });

    const first = await page('host_id=host-350&limit=200');
    expect(first).toMatchObject({ total_num: 350, data_list: { length: 100 } });
    expect((await page('host_id=host-350&limit=200&offset=300')).data_list).toHaveLength(50);
    expect((await page('host_id=host-350&limit=20')).data_list).toHaveLength(20);
  });

  it('refuses a limit above it where it says so', async () => {
    const { list, page } = await startTalk({ maxLimit: 100, aboveMaxLimit: 'reject' });

    expect(toError(await list('host_id=host-350&limit=101'))).toBe('400 HSS.0001');
    expect((await page('host_id=host-350&limit=100')).data_list).toHaveLength(100);
  });
});

describe('numberSpelling text', () => {
  it('makes digits of every number', async () => {
    const { page } = await startTalk({ numberSpelling: 'text' });

    expect(await page('host_id=host-1')).toMatchObject({ total_num: '1', data_list: [{ port: '1024', pid: '1000' }] });
  });
});

describe('missingCategory reject', () => {
  it('refuses a write without a category', async () => {
    const { modify } = await startTalk({ missingCategory: 'reject' });

    expect(toError(await modify({}, ''))).toBe('400 HSS.0001');
    expect(await modify({}, 'category=host')).toMatchObject({ status: 200 });
  });
});

describe('statusFilterSpelling', () => {
  it.each(['unknow', 'unknown'] as const)('takes %s alone where it says so', async (spelling) => {
    const { list, page } = await startTalk({ statusFilterSpelling: spelling });
    const other = spelling === 'unknow' ? 'unknown' : 'unknow';

    expect((await page(`host_id=risky-host&status=${spelling}`)).total_num).toBe(1);
    expect(toError(await list(`host_id=risky-host&status=${other}`))).toBe('400 HSS.0001');
  });
});

describe('unknownSpelling', () => {
  it('spells the answers, and both spellings still find them', async () => {
    const { page } = await startTalk({ unknownSpelling: 'unknown' });

    for (const status of ['unknow', 'unknown']) {
      const { data_list: rows } = await page(`host_id=risky-host&status=${status}`);
      expect(rows.map((row) => row.status)).toEqual(['unknown']);
    }
  });
});

describe('modifyBody object', () => {
  it('answers a write with an empty object', async () => {
    const { modify } = await startTalk({ modifyBody: 'object' });

    const answer = await modify({});

    expect(answer).toMatchObject({ status: 200, text: '{}' });
    expect(answer.headers['content-type']).toBe('application/json');
  });
});

describe('messageLanguage zh', () => {
  it("makes HSS's messages Chinese, and leaves the gateway's English", async () => {
    const { list } = await startTalk({ messageLanguage: 'zh' });

    const { error_msg: message } = JSON.parse((await list('')).text) as { readonly error_msg: string };
    expect(message).toMatch(/^\p{Script=Han}+$/u);
    expect((await list('host_id=host-1', '')).text).toContain('Incorrect IAM authentication information');
  });
});

describe('errorShape legacy', () => {
  it('answers a bare number and no error_msg, as captured', async () => {
    const { list } = await startTalk({ errorShape: 'legacy', unknownHost: 'reject', messageLanguage: 'zh' });

    const answer = await list('host_id=nobody');

    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.text)).toEqual(readExample('400-hss-legacy-00000010').body);
  });
});

describe('totalCap', () => {
  it.each([
    [100, 100],
    [null, 350],
    [Infinity, 350],
  ])('%s counts 350 rows as %i', async (totalCap, total) => {
    const { page } = await startTalk({ totalCap });

    const last = await page('host_id=host-350&limit=200&offset=200');

    expect(last.total_num).toBe(total);
    expect(last.data_list).toHaveLength(150);
  });
});

describe('latencyMs', () => {
  it('holds every answer back', async () => {
    const { list } = await startTalk({ latencyMs: 120 });
    const start = performance.now();

    await list('host_id=host-1');

    expect(performance.now() - start).toBeGreaterThan(110);
  });
});
