import { describe, expect, it } from 'vitest';
import { createRowLimit } from '../../src/hss/row-limit.ts';
import { HssError } from '../../src/hss/transport/errors.ts';
import { cutPage, neededRows, type OpenPortPage, type Want } from '../../src/reads/cut-page.ts';
import { extentOf } from '../../src/reads/list-extent.ts';
import type { SentRead } from '../../src/reads/sent-read.ts';
import { modelRow, numberOf, sentRead } from './port-list-model.ts';

const rowLimit = createRowLimit();
rowLimit.onAnswer(200, 200);

const cut = (want: Partial<Want>, ...reads: readonly SentRead[]): OpenPortPage | Error =>
  cutPage({ offset: 0, limit: 10, rows: true, hasNextPage: true, ...want }, reads, extentOf(reads, rowLimit));

const rowsOf = (page: OpenPortPage | Error): number[] => (page as OpenPortPage).nodes.map(numberOf);

describe('the rows that a want needs', () => {
  it.each([
    [
      'its window, where its rows are wanted',
      { offset: 5, limit: 10, rows: true, hasNextPage: true },
      { offset: 5, limit: 10 },
    ],
    ['none, where its total is', { offset: 9_995, limit: 10, rows: false, hasNextPage: false }, null],
    ['none, where the total tells of a next page', { offset: 9_989, limit: 10, rows: false, hasNextPage: true }, null],
    [
      'its last, where the total may have stopped',
      { offset: 9_990, limit: 10, rows: false, hasNextPage: true },
      { offset: 9_999, limit: 1 },
    ],
  ])('are %s', (_what, want, needed) => {
    expect(neededRows(want)).toEqual(needed);
  });
});

describe('a page', () => {
  it('has the rows of its window from all reads that hold some, each once, in their order', () => {
    const page = cut({ offset: 195, limit: 20 }, sentRead(0, 200, 200, 300), sentRead(195, 105, 105, 300));
    expect(rowsOf(page)).toEqual(Array.from({ length: 20 }, (_, index) => 195 + index));
    expect(page).toMatchObject({ offset: 195, limit: 20, totalCount: 300, hasNextPage: true });
  });

  const read = (offset: number, rows: readonly (number | null)[]): SentRead => ({
    ...sentRead(offset, 10, 10, 20),
    answer: { total: 20, rows: rows.map((number) => (number === null ? null : modelRow(number))), bytes: 0 },
  });

  it('leaves out rows of other hosts, and those that a list that moved has repeated', () => {
    const first = read(0, [0, null, 2, 3, 4, 5, 6, 7, 8, 9]);
    const second = read(10, [9, 10, 11, 12, 13, 14, 15, 16, 17, 18]);
    expect(rowsOf(cut({ limit: 20 }, first, second))).toEqual([
      0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18,
    ]);
    // Equal rows of one answer are two.
    expect(rowsOf(cut({}, read(0, [1, 1, 2, 3, 4, 5, 6, 7, 8, 9])))).toEqual([1, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it.each([
    ['one of another host', [0, null, 2, 3, 4, 5, 6, 7, 8, 9], [10, 11], [0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]],
    ['some at its beginning', [null, null, 2, 3, 4, 5, 6, 7, 8, 9], [10, 11], [2, 3, 4, 5, 6, 7, 8, 9, 10, 11]],
    ['a repeated one', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [9, 10], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11]],
    ['one of each', [0, null, 2, 3, 4, 5, 6, 7, 8, 9], [9, 10], [0, 2, 3, 4, 5, 6, 7, 8, 9, 11]],
  ])('knows the places of its rows in the list, where it leaves out %s', (_what, first, second, rowNumbers) => {
    expect(cut({ limit: 12 }, read(0, first), read(10, second))).toMatchObject({ rowNumbers });
  });

  it('needs no places where it leaves out nothing, or has nothing', () => {
    const page = cut({ offset: 5, limit: 10 }, read(0, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]), read(10, [10, 11, 12, 13, 14]));
    expect(page).toHaveProperty('nodes.length', 10);
    expect(page).not.toHaveProperty('rowNumbers');
    const empty = cut({ limit: 2 }, read(0, [null, null, 2, 3, 4, 5, 6, 7, 8, 9]));
    expect(empty).toHaveProperty('nodes.length', 0);
    expect(empty).not.toHaveProperty('rowNumbers');
  });

  it('has no rows that nobody wants', () => {
    expect(cut({ rows: false }, sentRead(0, 10, 10, 50))).toEqual({
      offset: 0,
      limit: 10,
      nodes: [],
      totalCount: 50,
      hasNextPage: true,
    });
  });

  it.each([
    ['more are counted', [sentRead(0, 10, 10, 11)], true],
    ['none are counted', [sentRead(0, 10, 10, 10)], false],
    ['it is full, and the total is wrong', [sentRead(0, 200, 200, 5)], true],
    ['it is not full', [sentRead(0, 10, 7, 7)], false],
  ])('tells whether a next one follows: %s', (_what, reads, hasNextPage) => {
    expect(cut({}, ...reads)).toMatchObject({ hasNextPage });
  });

  it.each([
    ['a full page', 200, true],
    ['a page that ends with its list', 199, false],
  ])('after 10,000 rows has a next one after %s', (_what, rows, hasNextPage) => {
    expect(cut({ offset: 10_000, limit: 200 }, sentRead(10_000, 200, rows, 10_000))).toMatchObject({ hasNextPage });
  });

  it.each([
    ['its list counts more', { limit: 100 }, sentRead(500, 10, 10, 10_000), true],
    ['rows after it were read, whatever the total says', { limit: 100 }, sentRead(0, 200, 200, 5), true],
    ['nothing tells of more', { limit: 300 }, sentRead(0, 200, 200, 5), false],
  ])('without rows tells whether a next one follows: %s', (_what, want, read, hasNextPage) => {
    expect(cut({ ...want, rows: false }, read)).toMatchObject({ hasNextPage });
  });

  it('fails with the read of its rows, and with no other', () => {
    const failed = sentRead(200, 200, 'failed');
    expect(cut({}, sentRead(0, 200, 200, 500), failed)).toMatchObject({ totalCount: 500 });
    expect(cut({ offset: 195 }, sentRead(0, 200, 200, 500), failed)).toBe(failed.failure);
    // Rows that came with another read are there.
    expect(rowsOf(cut({ offset: 200 }, sentRead(150, 200, 200, 500), failed))).toHaveLength(10);
    // A total is wanted, and nothing else.
    expect(cut({ offset: 200, rows: false }, sentRead(0, 200, 200, 500), failed)).toMatchObject({ totalCount: 500 });
    expect(cut({ rows: false, hasNextPage: false }, failed)).toBe(failed.failure);
  });

  it('is a bad response where rows are counted that do not come', () => {
    expect(cut({ offset: 95 }, sentRead(0, 200, 100, 200))).toMatchObject({ kind: 'bad-response' });
  });

  it('is refused where its list is longer than it may be, as its total says or as its rows do', () => {
    const refusal = (estimate: number) => ({ kind: 'list-too-long', estimate, budget: 20, sent: false });
    expect(cut({ limit: 20, maxTotal: 20 }, sentRead(0, 200, 20, 20))).not.toBeInstanceOf(HssError);
    expect(cut({ limit: 20, maxTotal: 20 }, sentRead(0, 200, 21, 21))).toMatchObject(refusal(21));
    expect(cut({ limit: 20, maxTotal: 20 }, sentRead(0, 200, 200, 5))).toMatchObject(refusal(21));
  });
});
