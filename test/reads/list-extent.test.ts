import { describe, expect, it } from 'vitest';
import { maxOffset } from '../../src/hss/bounds.ts';
import { createRowLimit, type RowLimit } from '../../src/hss/row-limit.ts';
import { extentOf, type ListExtent } from '../../src/reads/list-extent.ts';
import { sentRead } from './port-list-model.ts';

/** Of a gateway whose reads have brought 200 rows before. */
function generous(): RowLimit {
  const rowLimit = createRowLimit();
  rowLimit.onAnswer(200, 200);
  return rowLimit;
}

const extent = (...reads: Parameters<typeof sentRead>[]): ListExtent =>
  extentOf(
    reads.map((read) => sentRead(...read)),
    generous(),
  );

describe('the extent of a list', () => {
  it('is not known before a read is answered; what is on its way is held, and what failed is not', () => {
    expect(extent([0, 200, 'under way'], [200, 200, 'failed'])).toEqual({
      total: null,
      end: Infinity,
      likelyEnd: 0,
      held: [{ offset: 0, limit: 200 }],
      gaps: new Map(),
    });
  });

  it.each([
    ['ends with its total below 10,000', [[0, 200, 200, 9_999]], { total: 9_999, end: 9_999, likelyEnd: 9_999 }],
    [
      'may go on from a total of 10,000 on',
      [[0, 200, 200, 10_000]],
      { total: 10_000, end: Infinity, likelyEnd: 10_000 },
    ],
    ['goes on after a total that is wrong', [[0, 200, 200, 50]], { total: 50, end: Infinity, likelyEnd: Infinity }],
    ['has as many rows as it says', [[0, 200, 200, 200]], { total: 200, end: 200, likelyEnd: 200 }],
    [
      'has the largest total that was said',
      [
        [0, 10, 10, 60],
        [10, 10, 10, 70],
      ],
      { total: 70, end: 70, likelyEnd: 70 },
    ],
    ['ends in a short read after its total', [[10_000, 200, 37, 10_000]], { end: 10_037, likelyEnd: 10_037 }],
    [
      'ends before an empty read after its total',
      [
        [10_000, 200, 200, 10_000],
        [10_200, 200, 0, 10_000],
      ],
      { end: 10_200 },
    ],
    ['is empty', [[0, 10, 0, 0]], { total: 0, end: 0, likelyEnd: 0, held: [{ offset: 0, limit: 10 }] }],
  ] as const)('%s', (_what, reads, expected) => {
    expect(extent(...(reads as unknown as Parameters<typeof sentRead>[]))).toMatchObject(expected);
  });

  it('has no end in a short read whose length may be the most that HSS gives', () => {
    const reads = [sentRead(10_000, 200, 37, 10_000)];
    expect(extentOf(reads, createRowLimit())).toMatchObject({
      end: Infinity,
      held: [{ offset: 10_000, limit: 37 }],
    });
  });

  it('holds of a short read what came, where more rows are known to follow', () => {
    expect(extent([0, 200, 100, 1_000]).held).toEqual([{ offset: 0, limit: 100 }]);
    // By the total of the second only.
    expect(extent([0, 200, 100, 100], [100, 200, 50, 150])).toMatchObject({
      end: 150,
      held: [
        { offset: 0, limit: 100 },
        { offset: 100, limit: 200 },
      ],
    });
    expect(extent([0, 200, 40, 40]).held).toEqual([{ offset: 0, limit: 200 }]);
  });

  it('has a gap where rows that are counted do not come, and rows that tell whether it ends there', () => {
    const gap = extent([0, 200, 200, 1_000], [400, 200, 0, 1_000]);
    expect(gap).toMatchObject({
      end: 1_000,
      held: [
        { offset: 0, limit: 200 },
        { offset: 400, limit: 0 },
      ],
    });
    expect(gap.gaps).toEqual(new Map([[400, { reads: 1, probes: [600, 999], isEnd: false }]]));
    expect(extent([400, 200, 0, 1_000], [600, 200, 'under way']).gaps.get(400)).toMatchObject({ probes: [999] });
  });

  it('has a gap before rows that were read after a total that has stopped, and none after a total that is wrong', () => {
    expect([...extent([10_000, 200, 0, 10_000], [10_200, 200, 200, 10_000]).gaps.keys()]).toEqual([10_000]);
    expect(extent([100, 200, 0, 100], [300, 200, 200, 100])).toMatchObject({ end: Infinity, gaps: new Map() });
  });

  it('is not cut by a short read that another one contradicts, but by an empty one after all rows', () => {
    expect(extent([0, 200, 50, 50], [300, 10, 0, 400]).end).toBe(400);
    expect(extent([0, 10, 10, 400], [20, 10, 0, 20]).end).toBe(20);
  });

  it.each([
    [400, 450, [449]],
    [449, 450, []],
    [250, 450, [449]],
    [248, 450, [448, 449]],
    [1_999_900, 2_500_000, [2_000_100, maxOffset]],
  ])('looks from a gap at %i of %i rows at %j', (offset, total, probes) => {
    expect(extent([offset, 200, 0, total]).gaps.get(offset)?.probes).toEqual(probes);
  });

  it('ends in a gap that did not fill in two reads, and after which nothing comes', () => {
    const inVain: Parameters<typeof sentRead>[] = [
      [400, 200, 0, 1_000],
      [400, 200, 0, 1_000],
    ];
    const after = (rows: number): Parameters<typeof sentRead>[] => [
      [600, 200, rows, 1_000],
      [999, 10, 0, 1_000],
    ];
    expect(extent(...inVain, ...after(0))).toMatchObject({ end: 400, likelyEnd: 400 });
    expect(extent(...inVain).end).toBe(1_000);
    expect(extent(inVain[0]!, ...after(0)).end).toBe(1_000);
    // Rows after it, or no word of them.
    expect(extent(...inVain, ...after(200)).end).toBe(1_000);
    expect(extent(...inVain, after(0)[0]!, [999, 10, 'failed']).end).toBe(1_000);
  });
});
