import { toListKey } from '../hss/list-key.ts';
import { isRead } from '../hss/transport/endpoint.ts';
import type { CallRecord, OperationCost, PageRecord } from '../hss/transport/operation.ts';

/** One call to HSS as developers see it, without token or address. */
export interface ShownCall {
  readonly type: 'read' | 'write';
  /** Null for a write, whose ports are in its body. */
  readonly host: string | null;
  /** By HSS's own names. */
  readonly filters: Readonly<Record<string, string>>;
  readonly offset: number | null;
  readonly limit: number | null;
  /** From the start of the operation. */
  readonly startMs: number;
  /** Waits and retries included. */
  readonly durationMs: number;
  /** HTTP status of the last try; null where no answer came. */
  readonly status: number | null;
  readonly tries: number;
  readonly rows: number | null;
  /** How many pages of the operation needed it; null for a write. */
  readonly windows: number | null;
  /** Whether another operation sent it. */
  readonly shared: boolean;
}

/** The first calls of an operation, in the order in which they began. */
export function toShownCalls({ calls, pages }: OperationCost, startedAt: number): readonly ShownCall[] {
  const inOrder = calls.toSorted((a, b) => a.startedAt - b.startedAt);
  const lists = new Set<string>();
  return inOrder.map((call) => {
    const { host_id: host = null, offset, limit, ...filters } = Object.fromEntries(new URLSearchParams(call.query));
    const shown = { ...timesOf(call, startedAt), status: call.status, tries: call.tries, shared: call.isShared };
    if (!isRead(call.endpoint)) {
      return { type: 'write', host, filters, offset: null, limit: null, ...shown, rows: null, windows: null };
    }
    const rows = { offset: Number(offset), limit: Number(limit) };
    const list = toListKey(call.endpoint, call.query);
    const isFirst = !lists.has(list);
    lists.add(list);
    const needs = (page: PageRecord): boolean =>
      page.list === list && (page.rows === null ? isFirst : overlap(page.rows, rows));
    const windows = pages?.filter(needs).length ?? 0;
    return { type: 'read', host, filters, ...rows, ...shown, rows: call.rows, windows };
  });
}

type Rows = NonNullable<PageRecord['rows']>;

const overlap = (a: Rows, b: Rows): boolean => a.offset < b.offset + b.limit && b.offset < a.offset + a.limit;

function timesOf({ startedAt, milliseconds }: CallRecord, start: number): Pick<ShownCall, 'startMs' | 'durationMs'> {
  // A tenth of a millisecond shows which calls went out in parallel.
  const round = (time: number): number => Math.round(time * 10) / 10;
  return { startMs: round(startedAt - start), durationMs: round(milliseconds) };
}
