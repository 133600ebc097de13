import { maxOffset, maxRows, totalCap } from '../hss/bounds.ts';
import type { RowLimit } from '../hss/row-limit.ts';
import type { Read } from './plan-reads.ts';
import type { SentRead } from './sent-read.ts';

/** How far a list goes, judging by its reads. */
export interface ListExtent {
  /** HSS's total, the largest if it changed; null until a read is answered. */
  readonly total: number | null;
  /** No row has this index or a later one; Infinity if not known. */
  readonly end: number;
  /** Rows are likely up to here. Reads that open after it wait until those are seen. */
  readonly likelyEnd: number;
  /** Rows that have come, are under way, or are known not to exist: none of them is asked for again. */
  readonly held: readonly Read[];
  /** By index, rows that HSS counts but did not return to reads that began at them. */
  readonly gaps: ReadonlyMap<number, Gap>;
}

export interface Gap {
  /** How many reads began here in vain. */
  readonly reads: number;
  /** Rows that tell whether the list has ended here, and at which no read has begun. */
  readonly probes: readonly number[];
  /** Whether the list has ended here: none of those rows came. */
  readonly isEnd: boolean;
}

/** A gap that stays empty in this many reads does not fill. */
export const maxGapReads = 2;

/**
 * A list ends at its total, with three exceptions: the total is 10,000 or more, where HSS may have stopped counting;
 * rows have been seen beyond it; or a gap does not fill and nothing comes after it.
 */
export function extentOf(reads: readonly SentRead[], rowLimit: RowLimit): ListExtent {
  let total: number | null = null;
  let seen = 0;
  for (const { offset, answer } of reads) {
    if (answer === null) continue;
    total = Math.max(total ?? 0, answer.total);
    if (answer.rows.length > 0) seen = Math.max(seen, offset + answer.rows.length);
  }
  const isCut = ({ offset, limit, answer }: SentRead): boolean => {
    if (answer === null || answer.rows.length === limit) return false;
    const count = answer.rows.length;
    if (offset + count < (answer.total < totalCap ? answer.total : Math.max(answer.total, seen))) return true;
    // By its own total the list ended here. But it may have grown since, and a total that has stopped counting does not
    // tell the end of the list from the limit of a read.
    return count > 0 && (offset + count < seen || (answer.total >= totalCap && !rowLimit.gives(count + 1)));
  };
  const held = reads
    .filter(({ failure }) => !failure)
    .map((read) => ({ offset: read.offset, limit: isCut(read) ? heldRows(read) : read.limit }));
  if (total === null) return { total, end: Infinity, likelyEnd: 0, held, gaps: noGaps };

  const inVain = reads.filter((read) => heldRows(read) === 0 && isCut(read));
  const gaps = inVain.length === 0 ? noGaps : findGaps(inVain, reads, { total, seen });
  let end = total < totalCap && seen <= total ? total : Infinity;
  for (const [row, gap] of gaps) if (gap.isEnd) end = Math.min(end, row);
  for (const read of reads) {
    if (read.answer === null || heldRows(read) === read.limit || isCut(read)) continue;
    const shortEnd = read.offset + heldRows(read);
    // Whatever the total says, no rows follow an empty read. A read that came back short before rows that exist says
    // nothing about the end.
    if (shortEnd >= (heldRows(read) === 0 ? seen : Math.max(total, seen))) end = Math.min(end, shortEnd);
  }
  return { total, end, likelyEnd: seen > total ? end : Math.min(end, total), held, gaps };
}

const noGaps: ListExtent['gaps'] = new Map();

const heldRows = ({ answer }: SentRead): number => answer?.rows.length ?? 0;

function findGaps(
  inVain: readonly SentRead[],
  reads: readonly SentRead[],
  { total, seen }: { readonly total: number; readonly seen: number },
): Map<number, Gap> {
  const begun = new Set(reads.map(({ offset }) => offset));
  const answered = new Set(reads.filter(({ answer }) => answer !== null).map(({ offset }) => offset));
  const gaps = new Map<number, Gap>();
  for (const { offset } of inVain) {
    const count = (gaps.get(offset)?.reads ?? 0) + 1;
    // Where the next full-length read would begin, and the last row that HSS counts.
    const telling = [offset + maxRows, Math.min(total - 1, maxOffset)].filter((row) => row > offset && row < total);
    gaps.set(offset, {
      reads: count,
      probes: telling.filter((row) => !begun.has(row)),
      isEnd: count >= maxGapReads && seen <= offset && telling.every((row) => answered.has(row)),
    });
  }
  return gaps;
}
