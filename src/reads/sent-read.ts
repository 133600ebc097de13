import type { OpenPort, PortList, PortListPart } from '../hss/list-ports.ts';
import { identityOf, type PortRow } from './open-port-id.ts';
import type { Read } from './plan-reads.ts';

/** A read that has gone out, and what has become of it. */
export interface SentRead extends Read {
  /** Never rejects: a failure is one of the windows that need these rows, and of no other. */
  readonly ended: Promise<void>;
  /** Null until it is there. */
  readonly answer: NumberedRows | null;
  readonly failure: Error | null;
}

/** The rows of one answer, those told apart that nothing identifying tells apart. */
interface NumberedRows {
  /** HSS's `total_num`. */
  readonly total: number;
  readonly rows: readonly PortRow[];
}

export function trackRead(list: PortList, { offset, limit }: Read, answered: Promise<PortListPart>): SentRead {
  const read = {
    offset,
    limit,
    answer: null as NumberedRows | null,
    failure: null as Error | null,
    ended: answered.then(
      ({ total, rows }) => {
        read.answer = { total, rows: toPortRows(list, rows.slice(0, limit)) };
      },
      (error: unknown) => {
        read.failure = error instanceof Error ? error : new Error('A read failed.', { cause: error });
      },
    ),
  };
  return read;
}

/** Numbers the rows of one answer that nothing identifying tells apart. */
function toPortRows(list: PortList, rows: readonly OpenPort[]): PortRow[] {
  const counts = new Map<string, number>();
  return rows.map((row) => {
    const first = identityOf(row, 0);
    const ordinal = counts.get(first) ?? 0;
    counts.set(first, ordinal + 1);
    return { list, row, ordinal, identity: ordinal === 0 ? first : identityOf(row, ordinal) };
  });
}
