import { describe, expect, it } from 'vitest';
import { startTalk } from './talk.ts';

describe('a list', () => {
  it.each([0, 1, 40, 350, 10_000])('has %i rows on the host named after the number', async (count) => {
    const { page } = await startTalk();

    const { total_num: total, data_list: rows } = await page(`host_id=host-${String(count)}&limit=200`);

    expect(total).toBe(count);
    expect(rows).toHaveLength(Math.min(count, 200));
  });

  it('gives ten rows from the first on where nothing else is asked', async () => {
    const { page } = await startTalk();
    const { data_list: rows } = await page('host_id=host-40&limit=40');

    expect((await page('host_id=host-40')).data_list).toEqual(rows.slice(0, 10));
  });

  it('is put together by its pages, without a gap or a repeat', async () => {
    const { page } = await startTalk();
    const pages = await Promise.all([0, 200, 400].map((at) => page(`host_id=host-350&limit=200&offset=${String(at)}`)));

    expect(pages.map(({ data_list: rows }) => rows.length)).toEqual([200, 150, 0]);
    expect(new Set(pages.flatMap(({ data_list: rows }) => rows.map((row) => row.port))).size).toBe(350);
  });

  it('counts no further than 10,000 while its rows go on', async () => {
    const { page } = await startTalk();

    const last = await page('host_id=host-12000&limit=200&offset=11900');

    expect(last.total_num).toBe(10_000);
    expect(last.data_list).toHaveLength(100);
  });

  it('is the same in every run', async () => {
    const one = await startTalk();
    const other = await startTalk();

    expect(await one.page('host_id=host-40')).toEqual(await other.page('host_id=host-40'));
  });

  it('sends the rows of an added host as they are', async () => {
    const { simulator, page } = await startTalk();
    const rows = [{ port: 22 }, { port: 23, type: 'QUIC', status: 'odd', extra: { deep: [1] }, pid: null }, {}];
    simulator.addHost({ hostId: 'mine', rows });

    expect(await page('host_id=mine')).toEqual({ data_list: rows, total_num: 3 });
  });

  it('asks an added host for its rows at each call', async () => {
    const { simulator, page } = await startTalk();
    let count = 0;
    simulator.addHost({ hostId: 'moving', rows: () => Promise.resolve(Array.from({ length: ++count }, () => ({}))) });

    expect((await page('host_id=moving')).total_num).toBe(1);
    expect((await page('host_id=moving')).total_num).toBe(2);
  });

  it('shows an added host with a project under no other', async () => {
    const { simulator, page } = await startTalk();
    simulator.addHost({ hostId: 'mine', projectId: 'p', rows: [{ port: 22 }] });

    expect((await page('host_id=mine', 'any', 'p')).total_num).toBe(1);
    expect((await page('host_id=mine', 'any', 'other')).total_num).toBe(0);
  });
});
