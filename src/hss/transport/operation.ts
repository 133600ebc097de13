import type { Cancellation } from '../../cancellation.ts';
import { isRead, type Endpoint } from './endpoint.ts';
import type { Holder } from './memory.ts';
import type { Tenant } from './tenant.ts';

/** One GraphQL operation as its calls to HSS see it: its tenant, how long they wait, and its cost so far. */
export interface Operation {
  readonly tenant: Tenant;
  /** The caller's token, sent to HSS and kept out of what HSS sends back. A function, so that nothing prints it. */
  readonly token: () => string;
  readonly wait: Wait;
  readonly cost: OperationCost;
}

export interface Wait {
  /** When the caller leaves. */
  readonly cancellation: Cancellation;
  /** When the operation must be answered, on the clock of `performance.now()`. */
  readonly deadline: number;
}

/** What one operation has asked of HSS so far, and may still ask. */
export interface OperationCost extends Holder {
  /** GET calls, retries included. */
  reads: number;
  /** All other calls, retries included. */
  writes: number;
  retries: number;
  /** Reads that joined an equal read of another operation, which counts it. */
  shared: number;
  /** Rows that HSS sent … */
  rows: number;
  /** … and how many of them belong to a host other than the requested one. */
  foreignRows: number;
  /** Windows of port lists that were requested … */
  windows: number;
  /** … and how many of them were answered from another window's read. */
  mergedWindows: number;
  /** Milliseconds spent in calls to HSS; parallel calls add up. */
  upstreamMilliseconds: number;
  /** GET calls that may still begin, retries included. */
  readsLeft: number;
  /** The first calls, shared ones included, in the order in which they ended. */
  calls: CallRecord[];
  /** The pages of port lists that were requested; null if the client is not shown their calls. */
  pages: PageRecord[] | null;
}

/** A page of a list, by its key, and the rows that it needs; null if any read of the list will do. */
export interface PageRecord {
  readonly list: string;
  readonly rows: { readonly offset: number; readonly limit: number } | null;
}

/** One call to HSS, retries included, once it has ended for an operation. */
export interface CallRecord {
  readonly endpoint: Endpoint;
  /** The query as HSS got it: for a read, host, filters, offset and limit. */
  readonly query: string;
  /** On the clock of `performance.now()`. */
  readonly startedAt: number;
  /** Includes waits for a place and between tries. */
  milliseconds: number;
  /** HTTP status of the last try; null if no answer came. */
  status: number | null;
  /** 0 if it was not sent. */
  tries: number;
  /** Whether the last try was another operation's. */
  isShared: boolean;
  /** Null if none were listed. */
  rows: number | null;
}

/** How many calls are kept per operation. */
const maxCalls = 100;

/**
 * Retries and unforeseeable reads, of lists longer than they say or for ids that name no port, may at most double what
 * an operation was allowed.
 */
const leeway = 2;

/** `maxReads`: the most GET calls an operation may be estimated to need; `isShown`: its client sees its calls. */
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

/** Charges a call, or its next try, to the operation's budget; false if nothing is left. Only reads have a budget. */
export function spend(cost: OperationCost, endpoint: Endpoint): boolean {
  if (!isRead(endpoint)) return true;
  if (cost.readsLeft === 0) return false;
  cost.readsLeft -= 1;
  return true;
}

/** Counts an attempt that goes out. */
export function countAttempt(cost: OperationCost, endpoint: Endpoint, isRetry: boolean): void {
  if (isRead(endpoint)) cost.reads += 1;
  else cost.writes += 1;
  if (isRetry) cost.retries += 1;
}

/** The record of a call that begins now. */
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

/** The one place that records the end of a call. */
export function endRecord({ calls }: OperationCost, call: CallRecord): void {
  call.milliseconds = performance.now() - call.startedAt;
  if (calls.length < maxCalls) calls.push(call);
}
