import { listPortsEndpoint } from '../hss/list-ports.ts';
import type { Attempt } from '../hss/upstream.ts';

/** What one operation has asked of HSS so far. */
export interface Tally {
  /** Calls of ListPorts, retries included. */
  reads: number;
  /** Calls of BatchModifyPortStatus, retries included. */
  writes: number;
  retries: number;
  /** Rows that HSS sent. */
  rows: number;
  /** Windows of port lists that were asked for … */
  windows: number;
  /** … and how many of them were answered from the read of another one. */
  mergedWindows: number;
  /** Milliseconds spent in calls to HSS; calls side by side add up. */
  upstreamMilliseconds: number;
}

export function createTally(): Tally {
  return { reads: 0, writes: 0, retries: 0, rows: 0, windows: 0, mergedWindows: 0, upstreamMilliseconds: 0 };
}

/** Adds an attempt that has ended. */
export function countAttempt(tally: Tally, { endpoint, isRetry, milliseconds }: Attempt): void {
  if (endpoint === listPortsEndpoint.name) tally.reads += 1;
  else tally.writes += 1;
  if (isRetry) tally.retries += 1;
  tally.upstreamMilliseconds += milliseconds;
}
