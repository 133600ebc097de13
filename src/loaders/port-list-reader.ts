import { leastRows, totalCap, type OpenPort, type PortList, type PortListPart } from '../hss/list-ports.ts';
import { rowIdentity, type PortRow } from './open-port-id.ts';
import { firstReadNear, planReads, rowsOutside, type Read, type Window } from './plan-reads.ts';

/** What is wanted of a port list: a window's rows, or no more than what its page says of the list. */
export interface Want extends Window {
  readonly rows: boolean;
}

export interface OpenPortPage extends Window {
  /** Empty where no rows were wanted. */
  readonly nodes: readonly PortRow[];
  /** HSS's `total_num`; the largest where HSS changed its mind between reads. */
  readonly totalCount: number;
  readonly hasNextPage: boolean;
}

/** Reads one port list for one operation, and keeps what it has read: no row is asked for twice. */
export interface PortListReader {
  /** For each want, in order, its page or the error of a read that it needs. */
  read(wants: readonly Want[]): Promise<(OpenPortPage | Error)[]>;
}

interface ReadRows {
  readonly total: number;
  readonly rows: readonly PortRow[];
}

/** A read that has gone out. */
interface StartedRead extends Read {
  /** Never rejects: a failed read fails the windows that need its rows, and no other. */
  readonly settled: Promise<void>;
  result: ReadRows | Error | null;
}

/** `onOpened` is told how many reads the wants of one call opened. */
export function createPortListReader(
  list: PortList,
  listPorts: (offset: number, limit: number) => Promise<PortListPart>,
  onOpened: (reads: number) => void,
): PortListReader {
  /** By rising offset. */
  let reads: readonly StartedRead[] = [];

  function start(plan: readonly Read[]): void {
    const started = plan.map(({ offset, limit }) => {
      const read: StartedRead = {
        offset,
        limit,
        result: null,
        settled: listPorts(offset, limit).then(
          (part) => {
            read.result = { total: part.total, rows: toPortRows(list, part.rows.slice(0, limit)) };
          },
          (error: unknown) => {
            read.result = error instanceof Error ? error : new Error('A read failed.', { cause: error });
          },
        ),
      };
      return read;
    });
    reads = [...reads, ...started].toSorted((a, b) => a.offset - b.offset);
  }

  /** Starts what the windows still need, as far as the list is known to go; returns how many reads that were. */
  function startNext(windows: readonly Window[]): number {
    const { total, end } = extent(reads);
    const wanted = windows.map((window) => clip(window, end)).filter((window) => !failureWithin(reads, window));
    const plan = planReads(rowsOutside(wanted, reads));
    // While nothing is known, only what holds a window's first row goes out: the rest of long windows waits for the total.
    const opening = new Set(windows.map(({ offset }) => readHolding(plan, offset)));
    const next = total === null ? plan.filter((read) => opening.has(read)) : plan;
    if (next.length > 0) start(next);
    return next.length;
  }

  function answer(want: Want): OpenPortPage | Error {
    const { total, end } = extent(reads);
    const needed = neededRows(want);
    const failure = needed && failureWithin(reads, clip(needed, end));
    if (failure) return failure;
    if (total === null) return firstFailure(reads);
    const pageEnd = want.offset + want.limit;
    const mayGoOn = end === Infinity && hasRow(reads, pageEnd - 1);
    return {
      offset: want.offset,
      limit: want.limit,
      nodes: want.rows ? cut(reads, want) : [],
      totalCount: total,
      hasNextPage: total > pageEnd || mayGoOn || (end !== Infinity && end > pageEnd),
    };
  }

  return {
    async read(wants) {
      const windows = wants.map(neededRows).filter((window) => window !== null);
      let opened = startNext(windows);
      if (reads.length === 0) {
        // Nobody wants a row: the smallest read tells the total.
        start([{ offset: 0, limit: leastRows }]);
        opened = 1;
      }
      onOpened(opened);
      // The total may grow from answer to answer. Each round asks for rows not asked for before, so the rounds end.
      do await Promise.all(reads.map((read) => read.settled));
      while (startNext(windows) > 0);
      return wants.map(answer);
    },
  };
}

/**
 * The rows without which a want cannot be answered. A total comes with any read. But `total_num` stops at 10,000: from
 * there on only the last row of a page tells whether a next one may exist.
 */
function neededRows({ offset, limit, rows }: Want): Window | null {
  if (rows) return { offset, limit };
  const last = offset + limit - 1;
  return last < totalCap ? null : { offset: last, limit: 1 };
}

/** What the reads tell of the list: HSS's total, and where it ends (Infinity: not known). */
function extent(reads: readonly StartedRead[]): { total: number | null; end: number } {
  let total: number | null = null;
  let seen = 0;
  for (const { offset, result } of reads) {
    if (!isRead(result)) continue;
    total = Math.max(total ?? 0, result.total);
    if (result.rows.length > 0) seen = Math.max(seen, offset + result.rows.length);
  }
  if (total === null) return { total, end: Infinity };
  // A total that is capped, or that rows have shown to be too low, is no end; a read that came back short is.
  if (total < totalCap && seen <= total) return { total, end: total };
  let end = Infinity;
  for (const { offset, limit, result } of reads) {
    if (!isRead(result) || result.rows.length === limit) continue;
    const shortEnd = offset + result.rows.length;
    if (shortEnd >= total) end = Math.min(end, shortEnd);
  }
  return { total, end };
}

/** The rows of a window by their index, without those that a list that moved between two reads has repeated. */
function cut(reads: readonly StartedRead[], { offset, limit }: Window): PortRow[] {
  const end = offset + limit;
  const parts: (readonly PortRow[])[] = [];
  let next = offset;
  for (let index = firstReadNear(reads, offset); index < reads.length; index++) {
    const read = reads[index] as StartedRead;
    if (read.offset >= end) break;
    if (!isRead(read.result)) continue;
    const rows = read.result.rows.slice(Math.max(0, next - read.offset), end - read.offset);
    if (rows.length === 0) continue;
    parts.push(rows);
    next = Math.max(next, read.offset + read.result.rows.length);
  }
  return parts.length > 1 ? withoutRepeats(parts.flat()) : (parts[0]?.slice() ?? []);
}

function withoutRepeats(rows: readonly PortRow[]): PortRow[] {
  const byIdentity = new Map<string, PortRow>();
  for (const row of rows) {
    const identity = `${rowIdentity(row.row)}\0${row.ordinal}`;
    if (!byIdentity.has(identity)) byIdentity.set(identity, row);
  }
  return [...byIdentity.values()];
}

/** Numbers the rows of one answer that nothing identifying tells apart. */
function toPortRows(list: PortList, rows: readonly OpenPort[]): PortRow[] {
  const seen = new Map<string, number>();
  return rows.map((row) => {
    const identity = rowIdentity(row);
    const ordinal = seen.get(identity) ?? 0;
    seen.set(identity, ordinal + 1);
    return { list, row, ordinal };
  });
}

function clip({ offset, limit }: Window, end: number): Window {
  return { offset, limit: Math.max(0, Math.min(limit, end - offset)) };
}

function failureWithin(reads: readonly StartedRead[], { offset, limit }: Window): Error | null {
  const end = offset + limit;
  for (let index = firstReadNear(reads, offset); index < reads.length; index++) {
    const read = reads[index] as StartedRead;
    if (read.offset >= end) break;
    if (read.result instanceof Error && read.offset + read.limit > offset) return read.result;
  }
  return null;
}

function firstFailure(reads: readonly StartedRead[]): Error {
  const failed = reads.find((read) => read.result instanceof Error)?.result;
  return failed instanceof Error ? failed : new Error('No read of the list was answered.');
}

function readHolding<R extends Read>(reads: readonly R[], row: number): R | null {
  for (let index = firstReadNear(reads, row); index < reads.length; index++) {
    const read = reads[index] as R;
    if (read.offset > row) return null;
    if (row < read.offset + read.limit) return read;
  }
  return null;
}

function hasRow(reads: readonly StartedRead[], row: number): boolean {
  const read = readHolding(reads, row);
  return read !== null && isRead(read.result) && row < read.offset + read.result.rows.length;
}

const isRead = (result: StartedRead['result']): result is ReadRows => result !== null && !(result instanceof Error);
