import { describe, expect, it } from 'vitest';
import { listHole } from '../../src/simulator/list-hole.ts';
import { startTalk } from './talk.ts';

const portsOf = (rows: readonly Readonly<Record<string, unknown>>[]) => rows.map(({ port }) => Number(port) - 1024);

describe('a hole in a list', () => {
  it.each([
    ['a read before it is whole', 'limit=100&offset=0', 100],
    ['a read that comes to it ends there', 'limit=100&offset=50', 70],
    ['a read that begins in it is empty', 'limit=100&offset=130', 0],
    ['a read after it is whole', 'limit=100&offset=140', 100],
  ])('%s', async (_case, window, rows) => {
    const { simulator, page } = await startTalk();
    simulator.on(listHole(120, 140));

    const { total_num: total, data_list: list } = await page(`host_id=host-350&${window}`);

    expect(total).toBe(350);
    expect(portsOf(list)).toEqual(Array.from({ length: rows }, (_, index) => index + Number(window.split('=')[2])));
  });

  it('fills after as many reads of it as it is meant to', async () => {
    const { simulator, page } = await startTalk();
    simulator.on({ ...listHole(120, 140), times: 2 });
    const lengthAt = async (offset: number) =>
      (await page(`host_id=host-350&limit=100&offset=${String(offset)}`)).data_list.length;

    expect([await lengthAt(0), await lengthAt(100), await lengthAt(120)]).toEqual([100, 20, 0]);
    expect(await lengthAt(100)).toBe(100);
  });
});

describe('the rows of a host', () => {
  it('go out as they are: those of another host, and two that differ in their executable alone', async () => {
    const { simulator, page } = await startTalk();
    const row = { host_id: 'mixed', agent_id: 'a', port: 80, type: 'TCP', laddr: '::', pid: 7, path: '/usr/bin/a' };
    const rows = [row, { ...row, path: '/usr/bin/b' }, { ...row, host_id: 'another' }];
    simulator.addHost({ hostId: 'mixed', rows });

    expect((await page('host_id=mixed')).data_list).toEqual(rows);
  });
});
