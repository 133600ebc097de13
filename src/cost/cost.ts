/** What an operation may cost, estimated before its first call. */
export interface Cost {
  /** GET calls. */
  readonly reads: number;
  /** Pages of 200 rows that they may return: a whole list counts as one call, whatever its length. */
  readonly pages: number;
  /** All other calls, not counting retries. */
  readonly writes: number;
  /** Fields and items that may have an error instead of a value. */
  readonly failures: number;
  /** Characters of the response: bytes of JSON if HSS's texts are ASCII. */
  readonly characters: number;
}

export const noCost: Cost = { reads: 0, pages: 0, writes: 0, failures: 0, characters: 0 };

export function addCosts<T>(items: readonly T[], costOf: (item: T) => Cost): Cost {
  let [reads, pages, writes, failures, characters] = [0, 0, 0, 0, 0];
  for (const item of items) {
    const cost = costOf(item);
    reads += cost.reads;
    pages += cost.pages;
    writes += cost.writes;
    failures += cost.failures;
    characters += cost.characters;
  }
  return { reads, pages, writes, failures, characters };
}
