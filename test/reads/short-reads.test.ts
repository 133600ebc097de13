import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PortListPart } from '../../src/hss/port-row.ts';
import { createRowLimit, type RowLimit } from '../../src/hss/row-limit.ts';
import { HssError } from '../../src/hss/transport/errors.ts';
import type { OpenPortPage, Want } from '../../src/reads/cut-page.ts';
import type { Read } from '../../src/reads/plan-reads.ts';
import { createPortListReader } from '../../src/reads/port-list-reader.ts';
import { fewestReads, honestPart, numberOf, sliceOf, withEnd } from './port-list-model.ts';

/** What an HSS makes of a read of an honest list; `call` counts the reads that began with the same row. */
type Give = (part: PortListPart, read: Read, call: number) => PortListPart;

/** A list of `length` rows that a gateway with this knowledge of its HSS reads, and the reads that were sent. */
function readerOf(length: number, give: Give, rowLimit: RowLimit = createRowLimit()) {
  const reads: Read[] = [];
  const reader = createPortListReader(
    (offset, limit) => {
      const call = reads.filter((read) => read.offset === offset).length;
      reads.push({ offset, limit });
      return Promise.resolve().then(() => give(honestPart(length, { offset, limit }), { offset, limit }, call));
    },
    withEnd(rowLimit),
    () => undefined,
  );
  return { read: (wants: readonly Want[]) => reader.read(wants), reads };
}

const cut = (part: PortListPart, rows: number): PortListPart => ({
  ...part,
  rows: part.rows.slice(0, Math.max(0, rows)),
});

/** Sister clouds give so many rows whatever they are asked for … */
const clamp =
  (max: number): Give =>
  (part) =>
    cut(part, max);
/** … or refuse to be asked for more. */
const refuse =
  (max: number): Give =>
  (part, { limit }) => {
    if (limit > max) throw new HssError('invalid', { status: 400, code: 'HSS.0001' });
    return part;
  };
/** Rows `from` up to and without `to` are counted, and never given: a read ends there. */
const hole =
  (from: number, to: number): Give =>
  (part, { offset }) =>
    offset >= to ? part : cut(part, from - offset);
/** The first read that begins with a row may come back short, or empty. */
const stumble =
  (lengthOf: (offset: number) => number): Give =>
  (part, { offset }, call) =>
    call === 0 ? cut(part, lengthOf(offset)) : part;
const all =
  (...gives: readonly Give[]): Give =>
  (part, read, call) =>
    gives.reduce((given, give) => give(given, read, call), part);

const length = fc.nat(900);
const max = fc.oneof(fc.constantFrom(10, 50, 100), fc.integer({ min: 1, max: 200 }));
const wantWithin = (farthest: number): fc.Arbitrary<Want> =>
  fc.record({
    offset: fc.nat(farthest),
    limit: fc.integer({ min: 1, max: 1_000 }),
    rows: fc.boolean(),
    hasNextPage: fc.boolean(),
  });
const wants = fc.array(wantWithin(900), { minLength: 1, maxLength: 5 });
const everything: Want = { offset: 0, limit: 1_000, rows: true, hasNextPage: true };

const numbers = (page: OpenPortPage | Error): number[] => (page as OpenPortPage).nodes.map(numberOf);
const slices = (rows: number, given: readonly Want[]): number[][] =>
  given.map((want) => (want.rows ? sliceOf(rows, want) : []));

function expectTruth(pages: readonly (OpenPortPage | Error)[], rows: number, given: readonly Want[]): void {
  expect(pages.filter((page) => page instanceof Error)).toEqual([]);
  expect(pages.map(numbers)).toEqual(slices(rows, given));
  given.forEach((want, index) => {
    expect(pages[index]).toMatchObject({ totalCount: rows, hasNextPage: rows > want.offset + want.limit });
  });
}

describe('an HSS that gives fewer rows to a read than are documented', () => {
  it('is asked once for the last rows that it can be asked for', async () => {
    const { read, reads } = readerOf(2_000_300, clamp(20));
    const [page] = (await read([{ offset: 1_999_990, limit: 100, rows: true, hasNextPage: true }])) as OpenPortPage[];
    expect(reads).toEqual([
      { offset: 1_999_990, limit: 100 },
      { offset: 2_000_000, limit: 90 },
    ]);
    expect(numbers(page!)).toEqual(Array.from({ length: 30 }, (_, index) => 1_999_990 + index));
  });

  it.each([
    ['clamps', clamp],
    ['refuses', (most: number) => refuse(Math.max(10, most))],
  ])('shows every row: it %s what it is asked for', async (_how, limitTo) => {
    await fc.assert(
      fc.asyncProperty(length, max, fc.array(wants, { minLength: 1, maxLength: 3 }), async (rows, most, operations) => {
        const rowLimit = createRowLimit();
        for (const given of operations) {
          const { read, reads } = readerOf(rows, limitTo(most), rowLimit);
          expectTruth(await read(given), rows, given);
          for (const { limit } of reads) expect(limit).toBeGreaterThanOrEqual(10);
        }
      }),
    );
  });

  it.each([
    ['clamps', clamp],
    ['refuses', refuse],
  ])('takes the fewest reads that there are for it, once it is known: it %s', async (_how, limitTo) => {
    const cases = fc
      .integer({ min: 1, max: 900 })
      .chain((rows) => fc.tuple(fc.constant(rows), fc.array(wantWithin(rows - 1), { minLength: 1, maxLength: 4 })));
    await fc.assert(
      fc.asyncProperty(cases, fc.constantFrom(10, 20, 50, 100), async ([rows, given], most) => {
        const rowLimit = createRowLimit();
        await readerOf(900, limitTo(most), rowLimit).read([everything]);
        const { read, reads } = readerOf(rows, limitTo(most), rowLimit);
        await read(given);
        const wanted = given.filter((want) => want.rows).flatMap((want) => sliceOf(rows, want));
        expect(reads).toHaveLength(Math.max(1, fewestReads(wanted, most)));
        for (const { limit } of reads) expect(limit).toBeLessThanOrEqual(most);
      }),
    );
  });

  it('is asked for no more than it gives after its second short answer, and not after its first', async () => {
    const rowLimit = createRowLimit();
    const page = { ...everything, limit: 150 };
    const limits: number[][] = [];
    for (let operation = 0; operation < 3; operation++) {
      const { read, reads } = readerOf(450, clamp(100), rowLimit);
      expect(numbers((await read([page]))[0]!)).toEqual(sliceOf(450, page));
      limits.push(reads.map(({ limit }) => limit));
    }
    expect(limits).toEqual([
      [150, 50],
      [150, 50],
      [100, 50],
    ]);
  });

  it('is told from one that refuses for another reason', async () => {
    const rowLimit = createRowLimit();
    const refuseAll: Give = () => {
      throw new HssError('invalid', { status: 400, code: 'HSS.0001' });
    };
    const [page] = await readerOf(450, (part) => part, rowLimit).read([everything]);
    expect(numbers(page!)).toHaveLength(450);
    const { read, reads } = readerOf(450, refuseAll, rowLimit);
    expect(await read([everything])).toMatchObject([{ kind: 'invalid' }]);
    // It has taken 200 before.
    expect(reads).toHaveLength(1);
  });

  it('is asked down to ten rows where nothing is known of it, and no further', async () => {
    const { read, reads } = readerOf(450, refuse(0));
    expect(await read([everything])).toMatchObject([{ kind: 'invalid', code: 'HSS.0001' }]);
    expect(reads.map(({ limit }) => limit)).toEqual([200, 100, 50, 20, 10]);
  });

  it('loses no row after the 10,000 that HSS counts', async () => {
    const counted: Give = (part) => ({ ...part, total: Math.min(part.total, 10_000) });
    const want = { ...everything, offset: 9_850, limit: 600 };
    const { read } = readerOf(10_330, all(clamp(100), counted));
    expect(numbers((await read([want]))[0]!)).toEqual(sliceOf(10_330, want));
  });
});

describe('a gap in a list', () => {
  const holes = fc
    .record({ from: fc.nat(700), width: fc.integer({ min: 1, max: 250 }), after: fc.integer({ min: 1, max: 300 }) })
    .map(({ from, width, after }) => ({ from, to: from + width, rows: from + width + after }));

  it('that does not fill fails the windows that need it, and no other', async () => {
    await fc.assert(
      fc.asyncProperty(holes, max, wants, async ({ from, to, rows }, most, given) => {
        const { read } = readerOf(rows, all(clamp(most), hole(from, to)));
        const pages = await read(given);
        pages.forEach((page, index) => {
          const want = given[index]!;
          const slice = want.rows ? sliceOf(rows, want) : [];
          if (slice.some((row) => row >= from && row < to)) {
            expect(page).toMatchObject({ kind: 'bad-response' });
          } else {
            expect(numbers(page)).toEqual(slice);
          }
        });
      }),
    );
  });

  it('that fills when it is asked for again is no gap', async () => {
    await fc.assert(
      fc.asyncProperty(length, max, wants, fc.func(fc.nat(200)), async (rows, most, given, lengthOf) => {
        const { read, reads } = readerOf(rows, all(clamp(most), stumble(lengthOf)));
        expectTruth(await read(given), rows, given);
        for (const { offset } of reads) {
          expect(reads.filter((other) => other.offset === offset).length).toBeLessThanOrEqual(3);
        }
      }),
    );
  });

  it('with nothing after it is the end of the list, found by three reads more', async () => {
    const { read, reads } = readerOf(450, hole(120, 450));
    const [page] = await read([{ ...everything, limit: 200 }]);
    expect(numbers(page!)).toEqual(sliceOf(120, everything));
    expect(page).toMatchObject({ totalCount: 450, hasNextPage: false });
    expect(reads).toEqual([
      { offset: 0, limit: 200 },
      { offset: 120, limit: 80 },
      { offset: 120, limit: 80 },
      { offset: 320, limit: 130 },
      { offset: 449, limit: 10 },
    ]);
  });

  it('is no gap where the list has become shorter', async () => {
    // The read after the first one finds 300 rows fewer.
    const shrunk: Give = (part, { offset, limit }) => (offset === 0 ? part : honestPart(150, { offset, limit }));
    const { read, reads } = readerOf(450, shrunk);
    const [page] = await read([everything]);
    expect(numbers(page!)).toEqual(sliceOf(200, everything));
    expect(reads.map(({ offset }) => offset)).toEqual([0, 200, 400]);
  });

  it('is read where a list has grown while it was read', async () => {
    const grown: Give = (part, read, call) => (read.offset === 200 && call === 0 ? honestPart(350, read) : part);
    const { read, reads } = readerOf(500, grown);
    const pages = await read([everything, { ...everything, offset: 480, limit: 10 }]);
    expect(pages.map(numbers)).toEqual([sliceOf(500, everything), sliceOf(500, { offset: 480, limit: 10 })]);
    expect(reads.at(-1)).toEqual({ offset: 350, limit: 50 });
  });
});

describe('what is learnt of an HSS', () => {
  it('is tried anew in time, and learnt again from one answer', async () => {
    let now = 0;
    const rowLimit = createRowLimit(() => now);
    const limitsOf = async (): Promise<number[]> => {
      const { read, reads } = readerOf(450, clamp(100), rowLimit);
      expect(numbers((await read([{ ...everything, limit: 200 }]))[0]!)).toHaveLength(200);
      return reads.map(({ limit }) => limit);
    };
    await limitsOf();
    await limitsOf();
    expect(await limitsOf()).toEqual([100, 100]);
    now += 10 * 60_000;
    expect(await limitsOf()).toEqual([200, 100]);
    expect(await limitsOf()).toEqual([100, 100]);
  });

  it('is forgotten where it gives more', async () => {
    let now = 0;
    const rowLimit = createRowLimit(() => now);
    const page = { ...everything, limit: 200 };
    const limitsOf = async (most: number): Promise<number[]> => {
      const { read, reads } = readerOf(450, clamp(most), rowLimit);
      await read([page]);
      return reads.map(({ limit }) => limit);
    };
    await limitsOf(100);
    await limitsOf(100);
    now += 10 * 60_000;
    expect(await limitsOf(200)).toEqual([200]);
    // One short answer is none of a series any more.
    expect(await limitsOf(100)).toEqual([200, 100]);
    expect(await limitsOf(200)).toEqual([200]);
  });

  it('is nothing where short answers end anywhere, or are gaps', async () => {
    const rowLimit = createRowLimit();
    for (const rows of [90, 80, 70, 60]) {
      await readerOf(
        450,
        stumble((offset) => (offset === 0 ? rows : 200)),
        rowLimit,
      ).read([{ ...everything, limit: 200 }]);
    }
    for (let times = 0; times < 3; times++) await readerOf(450, hole(50, 60), rowLimit).read([everything]);
    expect(rowLimit.max()).toBe(200);
  });
});
