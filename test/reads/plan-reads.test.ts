import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planReads, rowsOutside, type Window } from '../../src/reads/plan-reads.ts';
import { fewestReads, sliceOf } from './port-list-model.ts';

const maxOffset = 2_000_000;
const window = (farthest: number, longest: number): fc.Arbitrary<Window> =>
  fc.record({ offset: fc.nat(farthest), limit: fc.integer({ min: 1, max: longest }) });
const windows = fc.oneof(
  { weight: 3, arbitrary: fc.array(window(2_000, 1_000), { maxLength: 12 }) },
  fc.array(window(maxOffset, 10_000), { maxLength: 12 }),
  fc.array(
    window(600, 1_000).map(({ offset, limit }) => ({ offset: maxOffset - offset, limit })),
    { maxLength: 12 },
  ),
);

const rowsOf = ({ offset, limit }: Window): number[] => sliceOf(Infinity, { offset, limit });
/** What HSS gives to one read at the most; rows after its largest offset and that cannot be asked for. */
const max = fc.oneof(fc.constantFrom(10, 100, 200), fc.integer({ min: 10, max: 200 }));

describe('a plan of reads', () => {
  it('stays within the bounds of HSS', () => {
    fc.assert(
      fc.property(windows, max, (given, most) => {
        const isWithin = ({ offset, limit }: Window): boolean =>
          limit >= 10 && limit <= most && offset >= 0 && offset <= maxOffset;
        expect(planReads(given, most).filter((read) => !isWithin(read))).toEqual([]);
      }),
    );
  });

  it('brings every row of every window', () => {
    fc.assert(
      fc.property(windows, max, (given, most) => {
        const read = new Set(planReads(given, most).flatMap(rowsOf));
        const missing = given.flatMap(rowsOf).filter((row) => row < maxOffset + most && !read.has(row));
        expect(missing).toEqual([]);
      }),
    );
  });

  it('has no more reads than any other plan', () => {
    fc.assert(
      fc.property(fc.array(window(900, 500), { maxLength: 5 }), max, (given, most) => {
        expect(planReads(given, most)).toHaveLength(fewestReads(given.flatMap(rowsOf), most));
      }),
    );
  });

  it('has no more reads than any other plan where windows are short and scattered', () => {
    fc.assert(
      fc.property(fc.array(window(3_000, 30), { maxLength: 25 }), max, (given, most) => {
        expect(planReads(given, most)).toHaveLength(fewestReads(given.flatMap(rowsOf), most));
      }),
    );
  });

  it('is the same in whatever order the windows come', () => {
    fc.assert(
      fc.property(
        windows.chain((given) => fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length }))),
        max,
        ([given, shuffled], most) => {
          expect(planReads(shuffled, most)).toEqual(planReads(given, most));
        },
      ),
    );
  });

  it('comes by rising offset, and opens at wanted rows that are as far apart as a read goes', () => {
    fc.assert(
      fc.property(fc.array(window(3_000, 400), { maxLength: 12 }), max, (given, most) => {
        const wanted = new Set(given.flatMap(rowsOf));
        const offsets = planReads(given, most).map(({ offset }) => offset);
        expect(offsets.filter((offset) => !wanted.has(offset))).toEqual([]);
        expect(offsets.filter((offset, index) => index > 0 && offset - offsets[index - 1]! < most)).toEqual([]);
      }),
    );
  });

  it('is empty where nothing is wanted', () => {
    expect(planReads([], 200)).toEqual([]);
    expect(planReads([{ offset: 7, limit: 0 }], 200)).toEqual([]);
  });
});

describe('what lies outside the reads', () => {
  it('is every row of the window that none of them holds, once', () => {
    fc.assert(
      fc.property(
        window(900, 600),
        fc.array(fc.record({ offset: fc.nat(1_500), limit: fc.integer({ min: 10, max: 200 }) }), { maxLength: 8 }),
        (given, reads) => {
          const byOffset = reads.toSorted((a, b) => a.offset - b.offset);
          const read = new Set(reads.flatMap(rowsOf));
          expect(rowsOutside(given, byOffset).flatMap(rowsOf)).toEqual(rowsOf(given).filter((row) => !read.has(row)));
        },
      ),
    );
  });
});
