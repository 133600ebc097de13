import type { Cancellation } from '../../cancellation.ts';
import { isRead, type Endpoint } from './endpoint.ts';
import type { Holder } from './memory.ts';
import type { Tenant } from './tenant.ts';

/** One GraphQL operation as its calls of HSS see it: who asks, how long they wait, and what it has cost so far. */
export interface Operation {
  readonly tenant: Tenant;
  /** The caller's, to be sent, and to be kept out of what HSS sends back. A function, so that nothing prints it. */
  readonly token: () => string;
  readonly wait: Wait;
  readonly cost: OperationCost;
}

export interface Wait {
  /** Of a caller who leaves. */
  readonly cancellation: Cancellation;
  /** When the operation must be answered, on the clock of `performance.now()`. */
  readonly deadline: number;
}

/** What one operation has asked of HSS so far, and may still ask. */
export interface OperationCost extends Holder {
  /** Calls by GET, retries included. */
  reads: number;
  /** All other calls, retries included. */
  writes: number;
  retries: number;
  /** Reads that joined an equal one of another operation, which counts it. */
  shared: number;
  /** Rows that HSS sent … */
  rows: number;
  /** … and how many of them are of another host than the one asked for. */
  foreignRows: number;
  /** Windows of port lists that were asked for … */
  windows: number;
  /** … and how many of them were answered from the read of another one. */
  mergedWindows: number;
  /** Milliseconds spent in calls to HSS; calls side by side add up. */
  upstreamMilliseconds: number;
  /** Calls by GET that may still be begun, retries included. */
  readsLeft: number;
  /** The first calls, shared ones included, in the order in which they ended. */
  calls: CallRecord[];
  /** The pages of port lists that were asked for; null where nobody is shown which calls they needed. */
  pages: PageRecord[] | null;
}

/** A page of a list, by its key, and the rows that it needs; null where any read of the list will do. */
export interface PageRecord {
  readonly list: string;
  readonly rows: { readonly offset: number; readonly limit: number } | null;
}

/** One call of HSS, its retries included, when it has ended for an operation. */
export interface CallRecord {
  readonly endpoint: Endpoint;
  /** The query as HSS got it: of a read, host, filters, offset and limit. */
  readonly query: string;
  /** On the clock of `performance.now()`. */
  readonly startedAt: number;
  /** Waits for a place and between tries included. */
  milliseconds: number;
  /** HTTP status of the last try; null where no answer came. */
  status: number | null;
  /** 0 where it was not sent. */
  tries: number;
  /** Whether the last try was another operation's. */
  isShared: boolean;
  /** Null where none were listed. */
  rows: number | null;
}

/** As many calls are kept of an operation. */
const maxCalls = 100;

/**
 * Reads that nobody could foresee, of lists that are longer than they say or of ids that name no port, and retries may
 * double what an operation was allowed, and no more.
 */
const leeway = 2;

/** `maxReads`: how many calls by GET any operation may be estimated to need; `isShown`: its calls are shown to its client. */
export function createOperationCost(maxReads: number, isShown = false): OperationCost {
  return {
    reads: 0,
    writes: 0,
    retries: 0,
    shared: 0,
    rows: 0,
    foreignRows: 0,
    windows: 0,
    mergedWindows: 0,
    upstreamMilliseconds: 0,
    heldBytes: 0,
    readsLeft: leeway * maxReads,
    calls: [],
    pages: isShown ? [] : null,
  };
}

/** Takes a call, or its next try, out of the operation's budget; false where nothing is left. Only reads have a budget. */
export function spend(cost: OperationCost, endpoint: Endpoint): boolean {
  if (!isRead(endpoint)) return true;
  if (cost.readsLeft === 0) return false;
  cost.readsLeft -= 1;
  return true;
}

/** Adds an attempt that goes out. */
export function countAttempt(cost: OperationCost, endpoint: Endpoint, isRetry: boolean): void {
  if (isRead(endpoint)) cost.reads += 1;
  else cost.writes += 1;
  if (isRetry) cost.retries += 1;
}

/** What is told of a call that begins now. */
export function beginRecord(endpoint: Endpoint, path: string): CallRecord {
  return {
    endpoint,
    query: path.slice(path.indexOf('?') + 1),
    startedAt: performance.now(),
    milliseconds: 0,
    status: null,
    tries: 0,
    isShared: false,
    rows: null,
  };
}

/** The one place where the end of a call is told. */
export function endRecord({ calls }: OperationCost, call: CallRecord): void {
  call.milliseconds = performance.now() - call.startedAt;
  if (calls.length < maxCalls) calls.push(call);
}
