import { totalCap } from '../hss/list-ports.ts';
import type { SentRead } from './sent-read.ts';

/** How far a list goes, as its reads tell. */
export interface ListExtent {
  /** HSS's total, the largest where HSS changed its mind; null while no read is answered. */
  readonly total: number | null;
  /** No row has this index or a later one; Infinity where that is not known. */
  readonly end: number;
  /** Rows are likely up to here. What opens behind it waits until they have been seen. */
  readonly likelyEnd: number;
}

/**
 * A total is the end of its list, but for three: one at 10,000 or above may have stopped counting, and one that rows have
 * been seen behind is wrong. There the list ends where a read came back short. And whatever the total says, no rows
 * follow where a read brought none.
 */
export function extentOf(reads: readonly SentRead[]): ListExtent {
  let total: number | null = null;
  let seen = 0;
  let emptyFrom = Infinity;
  for (const { offset, answer } of reads) {
    if (answer === null) continue;
    total = Math.max(total ?? 0, answer.total);
    if (answer.rows.length > 0) seen = Math.max(seen, offset + answer.rows.length);
    else emptyFrom = Math.min(emptyFrom, offset);
  }
  if (total === null) return { total, end: Infinity, likelyEnd: 0 };
  if (total < totalCap && seen <= total) {
    const end = emptyFrom < seen ? total : Math.min(emptyFrom, total);
    return { total, end, likelyEnd: end };
  }
  let end = Infinity;
  for (const { offset, limit, answer } of reads) {
    if (answer === null || answer.rows.length === limit) continue;
    const shortEnd = offset + answer.rows.length;
    // A read that came back short before rows that are there says nothing of the end.
    if (shortEnd >= Math.max(total, seen)) end = Math.min(end, shortEnd);
  }
  return { total, end, likelyEnd: seen > total ? end : total };
}
