import { isRead } from './endpoint.ts';
import { HssError } from './errors.ts';
import type { Tenant } from './tenant.ts';
import type { Attempt, Call } from './upstream.ts';

/** One GraphQL operation as its calls of HSS see it: who asks, how long they wait, and what it has cost so far. */
export interface Operation {
  readonly tenant: Tenant;
  /** The caller's, to be sent, and to be kept out of what HSS sends back. A function, so that nothing prints it. */
  readonly token: () => string;
  readonly wait: Wait;
  readonly cost: OperationCost;
}

export interface Wait {
  /** Aborts when the caller leaves. */
  readonly signal: AbortSignal;
  /** When the operation must be answered, on the clock of `performance.now()`. */
  readonly deadline: number;
}

/** What one operation has asked of HSS so far, and may still ask. */
export interface OperationCost {
  /** Calls by GET, retries included. */
  reads: number;
  /** All other calls, retries included. */
  writes: number;
  retries: number;
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
  /** Calls by GET that may still be begun, retries not counted. */
  readsLeft: number;
}

/**
 * Reads that nobody could foresee, of lists that are longer than they say or of ids that name no port, may double what an
 * operation was allowed, and no more.
 */
const leeway = 2;

/** The operation is estimated to need `maxReads` calls by GET at most. */
export function createOperationCost(maxReads: number): OperationCost {
  return {
    reads: 0,
    writes: 0,
    retries: 0,
    rows: 0,
    foreignRows: 0,
    windows: 0,
    mergedWindows: 0,
    upstreamMilliseconds: 0,
    readsLeft: leeway * maxReads,
  };
}

/** Takes a call out of the operation's budget; throws an HssError where nothing is left. Only reads have a budget. */
export function spend(cost: OperationCost, { endpoint }: Pick<Call<unknown>, 'endpoint'>): void {
  if (!isRead(endpoint)) return;
  if (cost.readsLeft === 0) throw new HssError('over-budget', { sent: false });
  cost.readsLeft -= 1;
}

/** Adds an attempt that has ended. */
export function countAttempt(cost: OperationCost, { endpoint, isRetry, milliseconds }: Attempt): void {
  if (isRead(endpoint)) cost.reads += 1;
  else cost.writes += 1;
  if (isRetry) cost.retries += 1;
  cost.upstreamMilliseconds += milliseconds;
}
