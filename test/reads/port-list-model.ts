import type { PortListPart, PortRow } from '../../src/hss/port-row.ts';
import type { RowLimit } from '../../src/hss/row-limit.ts';
import type { Read, Window } from '../../src/reads/plan-reads.ts';
import type { SentRead } from '../../src/reads/sent-read.ts';

/** A reader asks it once a round. Who goes round without end fails its test, and does not hang it. */
export function withEnd(rowLimit: RowLimit): RowLimit {
  let rounds = 0;
  return {
    ...rowLimit,
    max() {
      rounds += 1;
      if (rounds > 3_000) throw new Error('The reader goes round without end.');
      return rowLimit.max();
    },
  };
}

/** A row that its number identifies. */
export function modelRow(number: number): PortRow {
  return {
    hostId: 'host',
    category: 'host',
    enterpriseProjectId: null,
    port: 1 + (number % 65_535),
    protocol: 'TCP',
    protocolText: 'TCP',
    status: 'normal',
    listenAddress: '0.0.0.0',
    pid: 1 + number,
    executablePath: '/bin/x',
    agentId: 'agent',
    containerId: null,
    ordinal: 0,
  };
}

/** The number of a model's row. */
export const numberOf = (row: PortRow): number => row.pid! - 1;

/** A part of an honest list of `length` rows, numbered by their index. */
export function honestPart(length: number, { offset, limit }: Read): PortListPart {
  const count = Math.max(0, Math.min(limit, length - offset));
  return { total: length, rows: Array.from({ length: count }, (_, index) => modelRow(offset + index)), bytes: 0 };
}

/** A read that brought so many rows of a list of `total`, or has not. */
export function sentRead(offset: number, limit: number, rows: number | 'under way' | 'failed', total = 0): SentRead {
  const numbers = Array.from({ length: Number(rows) || 0 }, (_, index) => modelRow(offset + index));
  return {
    offset,
    limit,
    ended: Promise.resolve(),
    answer: typeof rows === 'number' ? { total, rows: numbers, bytes: 0 } : null,
    failure: rows === 'failed' ? new Error(`the read at ${offset}`) : null,
  };
}

/** What of a window lies within a list of `length` rows. */
export const sliceOf = (length: number, { offset, limit }: Window): number[] =>
  Array.from({ length: Math.max(0, Math.min(limit, length - offset)) }, (_, index) => offset + index);

/**
 * The fewest reads of `max` rows that cover the wanted rows, by trying every place of every read: independent of how the
 * planner goes about it.
 */
export function fewestReads(wanted: Iterable<number>, max = 200): number {
  const rows = [...new Set(wanted)].sort((a, b) => a - b);
  const length = (rows.at(-1) ?? 0) + max + 1;
  /** By row: the index of the first wanted row from there on. */
  const firstFrom = new Array<number>(length);
  for (let row = length - 1, index = rows.length; row >= 0; row--) {
    if (rows[index - 1] === row) index--;
    firstFrom[row] = index;
  }
  const fewest = new Array<number>(rows.length + 1).fill(0);
  for (let index = rows.length - 1; index >= 0; index--) {
    let best = Infinity;
    for (let offset = Math.max(0, rows[index]! - max + 1); offset <= rows[index]!; offset++) {
      best = Math.min(best, 1 + fewest[firstFrom[offset + max]!]!);
    }
    fewest[index] = best;
  }
  return fewest[0]!;
}
