import { maxOffset, totalCap } from '../hss/bounds.ts';
import type { PortRow } from '../hss/port-row.ts';
import { withoutRepeats } from '../hss/row-identity.ts';
import { HssError } from '../hss/transport/errors.ts';
import type { ListExtent } from './list-extent.ts';
import type { RowFields } from './response-bytes.ts';
import { readsWithin, rowsOutside, type Window } from './plan-reads.ts';
import type { SentRead } from './sent-read.ts';

/** What is wanted from a window of a port list, besides the list's total, which comes with any read. */
export interface Want extends Window {
  readonly rows: boolean;
  readonly hasNextPage: boolean;
  /** Each row's fields in the response. Left out: none. */
  readonly fields?: RowFields;
  /** Refused as too long if the list has more rows. */
  readonly maxTotal?: number;
}

export interface OpenPortPage extends Window {
  /** Empty if no rows were wanted. */
  readonly nodes: readonly PortRow[];
  /** The place of each row in the list. Left out: they follow one another from `offset` on. */
  readonly rowNumbers?: readonly number[];
  /** HSS's `total_num`; the largest if it changed between reads. */
  readonly totalCount: number;
  /** Meaningful only if it or the rows were wanted. */
  readonly hasNextPage: boolean;
}

/**
 * The rows without which a want cannot be answered; null if any read of the list will do, for its total. But
 * `total_num` stops at 10,000: from there on only the last row of a page tells whether a next page may exist.
 */
export function neededRows({ offset, limit, rows, hasNextPage }: Want): Window | null {
  if (rows) return { offset, limit };
  const end = offset + limit;
  return !hasNextPage || end < totalCap ? null : { offset: end - 1, limit: 1 };
}

/** No read begins at this row. */
const unreachable = maxOffset + 1;

/** Whether a list of `total` rows is too long for the want. */
export const isTooLong = ({ maxTotal = Infinity }: Want, total: number | null): boolean => (total ?? 0) > maxTotal;

const tooLong = ({ maxTotal }: Want, total: number): HssError =>
  new HssError('list-too-long', { estimate: total, budget: maxTotal, sent: false });

/** The result of a want once its reads have ended: its page, or the error of a read that it needs. */
export function cutPage(want: Want, reads: readonly SentRead[], extent: ListExtent): OpenPortPage | Error {
  const { total, end } = extent;
  const { offset, limit } = want;
  if (total !== null && isTooLong(want, total)) return tooLong(want, total);
  const needed = neededRows(want);
  const failure = needed && failureWithin(clip(needed, end), extent, reads);
  if (failure) return failure;
  if (total === null) return firstFailure(reads);
  // HSS counts rows that it does not return, but returns later ones.
  if (needed && rowsOutside(clip(needed, Math.min(end, unreachable)), extent.held).length > 0) {
    return new HssError('bad-response');
  }
  const pageEnd = offset + limit;
  // If the end is not known, a full page means that a next one may exist.
  const hasNextPage = end === Infinity ? total > pageEnd || hasCome(pageEnd - 1, reads) : end > pageEnd;
  if (hasNextPage && isTooLong(want, pageEnd + 1)) return tooLong(want, pageEnd + 1);
  return {
    offset,
    limit,
    ...(want.rows ? cutRows(want, reads) : noRows),
    totalCount: total,
    hasNextPage,
  };
}

/** The part of a window before the end of the list. */
export function clip({ offset, limit }: Window, end: number): Window {
  return { offset, limit: Math.max(0, Math.min(limit, end - offset)) };
}

/** The failure of a read that was to bring rows of the window, which no other read has brought. */
export function failureWithin(window: Window, { held }: ListExtent, reads: readonly SentRead[]): Error | null {
  for (const part of rowsOutside(window, held)) {
    for (const { failure } of readsWithin(part, reads)) if (failure) return failure;
  }
  return null;
}

type Rows = Pick<OpenPortPage, 'nodes' | 'rowNumbers'>;

const noRows: Rows = { nodes: [] };

/**
 * The rows of a window in list order, without those of another host, and without those repeated because the list moved
 * between two reads.
 */
function cutRows(window: Window, reads: readonly SentRead[]): Rows {
  const end = window.offset + window.limit;
  const cut: PortRow[] = [];
  const numbers: number[] = [];
  let answers = 0;
  let next = window.offset;
  for (const { offset, answer } of readsWithin(window, reads)) {
    const rows = answer?.rows ?? [];
    const stop = Math.min(rows.length, end - offset);
    // Reads may overlap, as none asks for fewer than 10 rows.
    const start = Math.max(0, next - offset);
    if (start >= stop) continue;
    for (let index = start; index < stop; index++) {
      const row = rows[index];
      if (!row) continue;
      cut.push(row);
      numbers.push(offset + index);
    }
    answers += 1;
    next = offset + rows.length;
  }
  const nodes = answers > 1 ? withoutRepeats(cut) : cut;
  if (nodes.length === 0 || numbers.at(-1) === window.offset + nodes.length - 1) return { nodes };
  const numberOf = new Map(cut.map((row, index) => [row, numbers[index] as number]));
  return { nodes, rowNumbers: nodes.map((row) => numberOf.get(row) as number) };
}

function hasCome(row: number, reads: readonly SentRead[]): boolean {
  return readsWithin({ offset: row, limit: 1 }, reads).some(
    ({ offset, answer }) => answer !== null && row < offset + answer.rows.length,
  );
}

function firstFailure(reads: readonly SentRead[]): Error {
  return reads.find(({ failure }) => failure)?.failure ?? new Error('No read of the list was answered.');
}
