import { countWhile } from '../count-while.ts';
import { maxOffset, maxRows, minRows } from '../hss/bounds.ts';

/** Rows `offset` … `offset + limit - 1` of a list. */
export interface Window {
  readonly offset: number;
  readonly limit: number;
}

/** One call for a part of a list, within HSS's bounds. */
export type Read = Window;

/**
 * The fewest reads that bring every row of the windows, by rising offset. A read opens at the first wanted row that no
 * earlier read reaches, and stretches to the last wanted row within `max`, 10 to 200. The opening rows are all wanted
 * and at least `max` apart, so no plan has fewer reads.
 * @example planReads([{ offset: 0, limit: 10 }, { offset: 150, limit: 100 }], 200) // 0..199, 200..249
 */
export function planReads(windows: readonly Window[], max: number): Read[] {
  const reads: { offset: number; end: number }[] = [];
  /** The first row that HSS cannot be asked for. */
  const unreachable = maxOffset + max;
  let last = { offset: -max, end: 0 };
  for (const { offset, limit } of windows.toSorted((a, b) => a.offset - b.offset)) {
    const end = Math.min(offset + limit, unreachable);
    // Full reads cover a window that starts before the last read up to there: its beginning is planned.
    let next = Math.max(offset, last.offset);
    while (next < end) {
      if (next >= last.offset + max) {
        last = { offset: Math.min(next, maxOffset), end: next };
        reads.push(last);
      }
      last.end = Math.max(last.end, Math.min(end, last.offset + max));
      next = last.offset + max;
    }
  }
  return reads.map((read) => ({ offset: read.offset, limit: Math.max(minRows, read.end - read.offset) }));
}

/** The parts of a window that lie in none of `reads`, sorted by offset. */
export function rowsOutside(window: Window, reads: readonly Read[]): Window[] {
  const outside: Window[] = [];
  let next = window.offset;
  for (const read of readsWithin(window, reads)) {
    if (read.offset > next) outside.push({ offset: next, limit: read.offset - next });
    next = Math.max(next, read.offset + read.limit);
  }
  const end = window.offset + window.limit;
  if (next < end) outside.push({ offset: next, limit: end - next });
  return outside;
}

/** Those of `reads`, sorted by offset, that share rows with the window. */
export function readsWithin<R extends Read>({ offset, limit }: Window, reads: readonly R[]): R[] {
  const within: R[] = [];
  // No read has more rows, so those before this one end before the window.
  const first = countWhile(reads, (read) => read.offset + maxRows <= offset);
  for (let index = first; index < reads.length; index++) {
    const read = reads[index] as R;
    if (read.offset >= offset + limit) break;
    if (read.offset + read.limit > offset) within.push(read);
  }
  return within;
}
