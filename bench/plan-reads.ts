/** How planning and reading grow with the windows of one list: `npx tsx bench/plan-reads.ts`. */
import { createRowLimit } from '../src/hss/row-limit.ts';
import type { Want } from '../src/reads/cut-page.ts';
import { planReads } from '../src/reads/plan-reads.ts';
import { createPortListReader } from '../src/reads/port-list-reader.ts';
import { honestPart } from '../test/reads/port-list-model.ts';

/** The same windows in every run: a linear congruential generator, so that they come in no order. */
function windows(count: number, farthest: number, longest: number): Want[] {
  let state = 42;
  const next = (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state % below;
  };
  return Array.from({ length: count }, () => ({
    offset: next(farthest),
    limit: 1 + next(longest),
    rows: true,
    hasNextPage: true,
  }));
}

async function milliseconds(work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < 5; run++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return times.toSorted((a, b) => a - b)[2] as number;
}

const shapes = [
  { name: 'pages of 10, scattered', farthest: 2_000_000, longest: 10 },
  { name: 'pages of 10, within 10,000 rows', farthest: 10_000, longest: 10 },
  { name: 'pages of 1,000, within 10,000 rows', farthest: 10_000, longest: 1_000 },
];

const table = [];
for (const { name, farthest, longest } of shapes) {
  for (const count of [1_000, 10_000, 100_000]) {
    const wants = windows(count, farthest, longest);
    let reads = 0;
    const reading = async (): Promise<void> => {
      reads = 0;
      const reader = createPortListReader(
        (offset, limit) => {
          reads += 1;
          return Promise.resolve(honestPart(farthest, { offset, limit }));
        },
        createRowLimit(),
        () => undefined,
      );
      const pages = await reader.read(wants);
      if (pages.some((page) => page instanceof Error)) throw new Error('A page is missing.');
    };
    // Pages of 1,000 rows hold references to them: 100,000 such pages are no operation that would be let in.
    const isReadable = count * longest <= 10_000_000;
    table.push({
      windows: count,
      shape: name,
      planned: planReads(wants, 200).length,
      'plan ms': Math.round((await milliseconds(() => planReads(wants, 200))) * 100) / 100,
      'plan, cut and read ms': isReadable ? Math.round(await milliseconds(reading)) : null,
      reads: isReadable ? reads : null,
    });
  }
}
console.table(table);
