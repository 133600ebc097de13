/** What an operation may come to, before its first call. */
export interface Cost {
  /** Calls by GET. */
  readonly reads: number;
  /** All other calls, retries not counted. */
  readonly writes: number;
  /** Fields and items that may bring an error in place of their value. */
  readonly failures: number;
  /** Of the response: bytes of JSON, where HSS's texts are ASCII. */
  readonly characters: number;
}

export const noCost: Cost = { reads: 0, writes: 0, failures: 0, characters: 0 };

export function addCosts<T>(items: readonly T[], costOf: (item: T) => Cost): Cost {
  let [reads, writes, failures, characters] = [0, 0, 0, 0];
  for (const item of items) {
    const cost = costOf(item);
    reads += cost.reads;
    writes += cost.writes;
    failures += cost.failures;
    characters += cost.characters;
  }
  return { reads, writes, failures, characters };
}
