import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PortListPart, PortRow } from '../../src/hss/port-row.ts';
import { rowIdentity } from '../../src/hss/row-identity.ts';
import { createRowLimit } from '../../src/hss/row-limit.ts';
import type { OpenPortPage, Want } from '../../src/reads/cut-page.ts';
import type { Read } from '../../src/reads/plan-reads.ts';
import { createPortListReader } from '../../src/reads/port-list-reader.ts';
import { fewestReads, honestPart, modelRow, numberOf, sliceOf, withEnd } from './port-list-model.ts';

type ListPorts = (read: Read, call: number) => PortListPart | Promise<PortListPart>;

/** A reader over a model of a list, and the reads that it has sent. */
function readerOf(answer: ListPorts, rowLimit = createRowLimit()) {
  const reads: Read[] = [];
  let opened = 0;
  const reader = createPortListReader(
    async (offset, limit) => answer({ offset, limit }, reads.push({ offset, limit }) - 1),
    withEnd(rowLimit),
    (windows) => {
      opened += windows;
    },
  );
  return { read: (wants: readonly Want[]) => reader.read(wants), reads, opened: () => opened };
}

const wantWithin = (farthest: number, longest = 1_000): fc.Arbitrary<Want> =>
  fc.record({
    offset: fc.nat(farthest),
    limit: fc.integer({ min: 1, max: longest }),
    rows: fc.boolean(),
    hasNextPage: fc.boolean(),
  });
const wants = fc.array(wantWithin(1_500), { minLength: 1, maxLength: 8 });
const length = fc.nat(1_600);

const numbers = (page: OpenPortPage): number[] => page.nodes.map(numberOf);
const isPage = (answer: OpenPortPage | Error): answer is OpenPortPage => !(answer instanceof Error);
const holds = ({ offset, limit }: Read, row: number): boolean => row >= offset && row < offset + limit;

function expectWithinBounds(reads: readonly Read[]): void {
  for (const { offset, limit } of reads) {
    expect(limit).toBeGreaterThanOrEqual(10);
    expect(limit).toBeLessThanOrEqual(200);
    expect(offset).toBeLessThanOrEqual(2_000_000);
  }
}

describe('the pages of an honest list', () => {
  it('are slices of the whole list, and say how it goes on', async () => {
    await fc.assert(
      fc.asyncProperty(length, wants, async (rows, given) => {
        const { read, reads } = readerOf((part) => honestPart(rows, part));
        const pages = (await read(given)) as OpenPortPage[];
        pages.forEach((page, index) => {
          const want = given[index]!;
          expect(page).toMatchObject({ offset: want.offset, limit: want.limit, totalCount: rows });
          expect(numbers(page)).toEqual(want.rows ? sliceOf(rows, want) : []);
          expect(page.hasNextPage).toBe(rows > want.offset + want.limit);
        });
        expectWithinBounds(reads);
      }),
    );
  });

  it('take the fewest reads, where windows begin within the list', async () => {
    const cases = length.chain((rows) =>
      fc.tuple(fc.constant(rows), fc.array(wantWithin(Math.max(0, rows - 1)), { minLength: 1, maxLength: 6 })),
    );
    await fc.assert(
      fc.asyncProperty(cases, async ([rows, given]) => {
        const { read, reads } = readerOf((part) => honestPart(rows, part));
        await read(given);
        const wanted = given.filter((want) => want.rows).flatMap((want) => sliceOf(rows, want));
        expect(reads).toHaveLength(Math.max(1, fewestReads(wanted)));
      }),
    );
  });

  it('take one read for each window at the most that begins after the end', async () => {
    await fc.assert(
      fc.asyncProperty(length, wants, async (rows, given) => {
        const { read, reads } = readerOf((part) => honestPart(rows, part));
        await read(given);
        const wanted = given.filter((want) => want.rows).flatMap((want) => sliceOf(rows, want));
        const after = given.filter((want) => want.rows && want.offset >= rows);
        expect(reads.length).toBeLessThanOrEqual(Math.max(1, fewestReads(wanted) + after.length));
      }),
    );
  });

  it('take no more reads than the windows have parts of 200 rows', async () => {
    await fc.assert(
      fc.asyncProperty(length, fc.array(wants, { minLength: 1, maxLength: 4 }), async (rows, batches) => {
        const { read, reads } = readerOf((part) => honestPart(rows, part));
        for (const batch of batches) await read(batch);
        const parts = batches.flat().reduce((sum, want) => sum + (want.rows ? Math.ceil(want.limit / 200) : 1), 0);
        expect(reads.length).toBeLessThanOrEqual(parts);
      }),
    );
  });

  it('do not ask again for what an earlier page has brought', async () => {
    await fc.assert(
      fc.asyncProperty(length, wants, async (rows, given) => {
        const { read, reads, opened } = readerOf((part) => honestPart(rows, part));
        await read(given);
        const [sent, before] = [reads.length, opened()];
        const again = (await read(given.toReversed())) as OpenPortPage[];
        expect(reads).toHaveLength(sent);
        expect(opened()).toBe(before);
        expect(again.map(numbers).reverse()).toEqual(given.map((want) => (want.rows ? sliceOf(rows, want) : [])));
      }),
    );
  });

  it('are whole also where batches of windows and their answers overlap in time', async () => {
    await fc.assert(
      fc.asyncProperty(
        length,
        fc.array(wants, { minLength: 2, maxLength: 4 }),
        fc.scheduler(),
        async (rows, batches, scheduler) => {
          const { read, reads } = readerOf((part) => scheduler.schedule(Promise.resolve(honestPart(rows, part))));
          const answers = batches.map(async (batch) => {
            await scheduler.schedule(Promise.resolve());
            return read(batch);
          });
          await scheduler.waitFor(Promise.all(answers));
          const pages = (await Promise.all(answers)) as OpenPortPage[][];
          expect(pages.map((batch) => batch.map(numbers))).toEqual(
            batches.map((batch) => batch.map((want) => (want.rows ? sliceOf(rows, want) : []))),
          );
          // After the end of the list, nothing is read but what may have been a window's beginning.
          for (const part of reads.filter(({ offset }) => offset >= Math.max(1, rows))) {
            expect(batches.flat().some((want) => want.rows && holds(part, want.offset))).toBe(true);
          }
        },
      ),
    );
  });

  it('count a window as opening a read once at the most', async () => {
    await fc.assert(
      fc.asyncProperty(length, fc.array(wants, { minLength: 1, maxLength: 4 }), async (rows, batches) => {
        const { read, reads, opened } = readerOf((part) => honestPart(rows, part));
        for (const batch of batches) {
          const before = opened();
          await read(batch);
          expect(opened() - before).toBeLessThanOrEqual(batch.length);
        }
        expect(opened()).toBeLessThanOrEqual(reads.length);
        expect(opened()).toBeGreaterThanOrEqual(1);
      }),
    );
  });
});

describe('the pages of a list whose total stops at 10,000', () => {
  const cap = 10_000;
  const capped = (rows: number, part: Read): PortListPart => ({
    ...honestPart(rows, part),
    total: Math.min(rows, cap),
  });
  const longLength = fc.integer({ min: 9_400, max: 11_500 });
  const far = fc.record({
    offset: fc.integer({ min: 8_500, max: 11_500 }),
    limit: fc.integer({ min: 1, max: 1_500 }),
    rows: fc.boolean(),
    hasNextPage: fc.boolean(),
  });

  it('are slices of the whole list, and never deny a next page that is there', async () => {
    await fc.assert(
      fc.asyncProperty(longLength, fc.array(far, { minLength: 1, maxLength: 5 }), async (rows, given) => {
        const { read, reads } = readerOf((part) => capped(rows, part));
        const pages = (await read(given)) as OpenPortPage[];
        pages.forEach((page, index) => {
          const want = given[index]!;
          const pageEnd = want.offset + want.limit;
          expect(page.totalCount).toBe(Math.min(rows, cap));
          expect(numbers(page)).toEqual(want.rows ? sliceOf(rows, want) : []);
          // A full page from 10,000 rows on may be the last one; a page that is not full is.
          if (rows !== pageEnd && (want.rows || want.hasNextPage)) expect(page.hasNextPage).toBe(rows > pageEnd);
        });
        expectWithinBounds(reads);
      }),
    );
  });

  it('look after row 10,000 with one read before the others follow', async () => {
    for (const [offset, reads] of [
      [9_800, [9_800, 10_000]],
      [9_500, [9_500, 9_700, 9_900]],
    ] as const) {
      const reader = readerOf((part) => capped(cap, part));
      const [page] = (await reader.read([{ offset, limit: 1_000, rows: true, hasNextPage: true }])) as [OpenPortPage];
      expect(numbers(page)).toEqual(sliceOf(cap, { offset, limit: 1_000 }));
      expect(reader.reads.map((read) => read.offset)).toEqual(reads);
    }
  });
});

describe('the pages of a list that lies or moves', () => {
  /** Some rows gone from the front, a total that need not be true. */
  const mood = fc.record({
    gone: fc.oneof(fc.constant(0), fc.nat(30)),
    rows: fc.nat(1_600),
    total: fc.oneof(fc.nat(1_600), fc.constant(10_000), fc.nat(2_000_000)),
  });
  /** Each call sees a list of its own. */
  const moods = fc.array(mood, { minLength: 1, maxLength: 30 });

  it('do not lead on where HSS has no rows, whatever its total says', async () => {
    const { read, reads } = readerOf(({ offset, limit }) => ({ ...honestPart(40, { offset, limit }), total: 1_000 }));
    const want = { rows: true, hasNextPage: true };
    const [after] = (await read([{ ...want, offset: 40, limit: 20 }])) as OpenPortPage[];
    expect(after).toMatchObject({ nodes: [], totalCount: 1_000, hasNextPage: false });
    const [all] = (await read([{ ...want, offset: 0, limit: 1_000 }])) as OpenPortPage[];
    expect(numbers(all!)).toEqual(sliceOf(40, { offset: 0, limit: 40 }));
    expect(all!.hasNextPage).toBe(false);
    // A row that is counted and missing is asked for again, and so are two after it, before the list has ended there.
    expect(reads).toEqual([
      { offset: 40, limit: 20 },
      { offset: 40, limit: 20 },
      { offset: 240, limit: 10 },
      { offset: 999, limit: 10 },
      { offset: 0, limit: 200 },
    ]);
  });

  it('come to an end, with rows that HSS sent, each once, and none of them lost', async () => {
    await fc.assert(
      fc.asyncProperty(moods, wants, async (given, asked) => {
        /** The rows that were sent, by their index in the list. */
        const sent = new Map<number, PortRow[]>();
        const totals = new Set<number>();
        const { read, reads } = readerOf(({ offset, limit }, call) => {
          const { gone, rows, total } = given[call % given.length]!;
          totals.add(total);
          const part = sliceOf(rows, { offset, limit }).map((index) => modelRow(index + gone));
          part.forEach((row, index) => sent.set(offset + index, [...(sent.get(offset + index) ?? []), row]));
          return { total, rows: part, bytes: 0 };
        });
        const pages = await read(asked);

        expectWithinBounds(reads);
        // Without an end it would be many more: 78 are the most that half a million such lists took.
        expect(reads.length).toBeLessThanOrEqual(200);
        pages.forEach((page, index) => {
          const want = asked[index]!;
          if (!isPage(page)) {
            expect(page).toMatchObject({ kind: 'bad-response' });
            expect(want.rows).toBe(true);
            return;
          }
          expect(totals).toContain(page.totalCount);
          if (!want.rows) {
            expect(page.nodes).toEqual([]);
            return;
          }
          const identities = page.nodes.map((row) => rowIdentity(row));
          expect(new Set(identities).size).toBe(identities.length);
          expect(identities.length).toBeLessThanOrEqual(want.limit);
          const window = Array.from({ length: want.limit }, (_, row) => sent.get(want.offset + row) ?? []);
          const read = new Set(window.flat().map((row) => rowIdentity(row, 0)));
          expect(identities.filter((identity) => !read.has(identity))).toEqual([]);
          const shown = new Set(identities);
          const alone = window.filter((rows) => rows.length === 1).flat();
          expect(alone.filter((row) => !shown.has(rowIdentity(row, 0)))).toEqual([]);
        });
      }),
    );
  });

  it('begin in one place twice at the most, where a list lies and does not move', async () => {
    await fc.assert(
      fc.asyncProperty(mood, wants, async ({ gone, rows, total }, asked) => {
        const { read, reads } = readerOf((part) => ({
          total,
          rows: sliceOf(rows, part).map((index) => modelRow(index + gone)),
          bytes: 0,
        }));
        await read(asked);
        // The second time because the first was in vain.
        for (const { offset } of reads) {
          expect(reads.filter((other) => other.offset === offset).length).toBeLessThanOrEqual(2);
        }
      }),
    );
  });

  it('go on as long as a total below the rows that are there grows', async () => {
    // HSS's total stops one row short of the part that is read.
    const rows = 900;
    const { read, reads } = readerOf((part) => ({
      ...honestPart(rows, part),
      total: Math.min(rows, part.offset + part.limit - 1),
    }));
    const [page] = (await read([{ offset: 0, limit: 1_000, rows: true, hasNextPage: true }])) as [OpenPortPage];
    expect(numbers(page)).toEqual(sliceOf(rows, { offset: 0, limit: 1_000 }));
    expect(reads).toHaveLength(5);
  });

  it('say the largest total that HSS told', async () => {
    const { read } = readerOf((part) => ({ ...honestPart(600, part), total: 600 - part.offset / 2 }));
    const [page] = (await read([{ offset: 0, limit: 1_000, rows: true, hasNextPage: true }])) as [OpenPortPage];
    expect(page).toMatchObject({ totalCount: 600, hasNextPage: false });
    expect(page.nodes).toHaveLength(600);
  });
});

describe('a read that fails', () => {
  const cases = length.chain((rows) =>
    fc.tuple(
      fc.constant(rows),
      fc.array(wantWithin(Math.max(0, rows - 1)), { minLength: 1, maxLength: 8 }),
      fc.func(fc.boolean()),
    ),
  );

  it('fails the windows that need its rows, and no other', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ([rows, given, fails]) => {
        const failed: Read[] = [];
        const { read, reads } = readerOf((part) => {
          if (!fails(part.offset)) return honestPart(rows, part);
          failed.push(part);
          throw new Error(`rows from ${part.offset}`);
        });
        const answers = await read(given);
        answers.forEach((answer, index) => {
          const want = given[index]!;
          const needed = want.rows ? sliceOf(rows, want) : [];
          const suffers =
            failed.length === reads.length || needed.some((row) => failed.some((part) => holds(part, row)));
          expect(isPage(answer)).toBe(!suffers);
          if (isPage(answer)) expect(numbers(answer)).toEqual(needed);
        });
      }),
    );
  });

  it('ends the reading of its window', async () => {
    const { read, reads } = readerOf((part) => {
      if (part.offset === 0) throw new Error('gone');
      return honestPart(2_000, part);
    });
    const [failed, page] = await read([
      { offset: 0, limit: 1_000, rows: true, hasNextPage: true },
      { offset: 1_500, limit: 400, rows: true, hasNextPage: true },
    ]);
    expect(failed).toBeInstanceOf(Error);
    expect(numbers(page as OpenPortPage)).toHaveLength(400);
    expect(reads.map(({ offset }) => offset)).toEqual([0, 1_500, 1_700]);
  });

  it('is not sent again by the same operation', async () => {
    const { read, reads } = readerOf(() => {
      throw new Error('gone');
    });
    const want = { offset: 0, limit: 1_000, rows: true, hasNextPage: true };
    const first = await read([want]);
    expect(await read([want, { ...want, rows: false }])).toEqual([first[0], first[0]]);
    expect(reads).toEqual([{ offset: 0, limit: 200 }]);
  });
});
