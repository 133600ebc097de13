import { describe, expect, it } from 'vitest';
import type { PortRow } from '../../src/hss/port-row.ts';
import type { Want } from '../../src/reads/cut-page.ts';
import type { ListView } from '../../src/reads/list-view.ts';
import type { Enqueue } from '../../src/reads/serial-queue.ts';
import { createWholeList, pageOf } from '../../src/reads/whole-list.ts';
import { withoutView } from './model-hss.ts';
import { modelRow } from './port-list-model.ts';

const rowsOf = (count: number): PortRow[] => Array.from({ length: count }, (_, number) => modelRow(number));
const want = (offset: number, limit: number, rows = true): Want => ({ offset, limit, rows, hasNextPage: true });
const byPid: ListView = { ...withoutView, orderBy: [{ field: 'pid', direction: 'desc' }] };

describe('a page of rows that are all there', () => {
  it('has those of its window, and says whether more follow', () => {
    const all = rowsOf(5);
    expect(pageOf(all, want(1, 3))).toEqual({
      ...{ offset: 1, limit: 3, totalCount: 5, hasNextPage: true },
      nodes: all.slice(1, 4),
    });
    expect(pageOf(all, want(2, 3))).toMatchObject({ nodes: all.slice(2), hasNextPage: false });
    expect(pageOf(all, want(7, 3))).toMatchObject({ nodes: [], totalCount: 5, hasNextPage: false });
    expect(pageOf(all, want(0, 3, false))).toMatchObject({ nodes: [], totalCount: 5, hasNextPage: true });
  });
});

describe('a whole list', () => {
  /** Of so many rows; what was read of it, and how many views were made in turn. */
  function start(count: number) {
    const read: Want[] = [];
    let turns = 0;
    const enqueue: Enqueue = (task) => {
      turns += 1;
      return Promise.resolve(task());
    };
    const list = createWholeList(
      (wanted) => {
        read.push(wanted);
        return Promise.resolve(pageOf(rowsOf(count), wanted));
      },
      2_000,
      enqueue,
    );
    return { list, read, turns: () => turns };
  }

  it.each([
    [9, 9, 'as without an order'],
    [3, 5, 'and not less than it has rows, where HSS has stopped counting'],
  ])('of 5 rows that HSS counts as %i has a total of %i, %s', async (counted, total) => {
    const list = createWholeList(
      (wanted) => Promise.resolve({ ...pageOf(rowsOf(5), wanted), totalCount: counted }),
      2_000,
      (task) => Promise.resolve(task()),
    );
    expect(await list.page(want(0, 2), byPid)).toMatchObject({ totalCount: total, hasNextPage: true });
    expect(await list.page(want(0, 2), { ...byPid, portNumbers: [1, 2] })).toMatchObject({ totalCount: 2 });
  });

  it('is read once for all views, up to the most rows that are allowed', async () => {
    const { list, read } = start(5);
    const [one, other] = await Promise.all([
      list.page(want(0, 2), byPid),
      list.page(want(0, 2), { ...byPid, portNumbers: [1, 2] }),
    ]);
    expect(one.nodes.map(({ pid }) => pid)).toEqual([5, 4]);
    expect(other.nodes.map(({ pid }) => pid)).toEqual([2, 1]);
    expect(read).toMatchObject([{ offset: 0, limit: 2_000, rows: true, maxTotal: 2_000 }]);
  });

  it.each([
    [200, 0],
    [201, 2],
  ])('of %i rows leaves the others a turn between two views, where it is long: %i turns', async (count, turns) => {
    const started = start(count);
    await started.list.page(want(0, 1), byPid);
    await started.list.page(want(7, 1), byPid);
    await started.list.page(want(0, 1), { ...byPid, orderBy: [] });
    expect(started.turns()).toBe(turns);
  });
});
