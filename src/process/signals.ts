import cluster from 'node:cluster';
import process from 'node:process';
import { onTold } from './messages.ts';

/** How long a gateway that was told to end says so, before it stops listening. */
export const drainDelayMs = 2_000;

/** What operations under way, and the last spans and lines of the log, get beyond the operations' own deadline. */
export const graceMs = 5_000;

/** Ends a process in an orderly way; new operations are let in for `drainDelayMs` more. */
export type End = (drainDelayMs: number) => void;

/** Calls `end` at the first signal; the second ends the process at once, when `kill` has been called. */
export function onSignals(end: End, kill?: () => void): void {
  let signals = 0;
  const onSignal = (signal: NodeJS.Signals): void => {
    signals += 1;
    if (signals > 1) {
      kill?.();
      process.exit(1);
    }
    // SIGINT comes from a terminal: no load balancer to warn, drain at once.
    end(signal === 'SIGINT' ? 0 : drainDelayMs);
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}

/** A terminal and a service manager signal every process of a group: the primary decides what that means. */
export function onSignalsAsWorker(end: End): void {
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => end(drainDelayMs));
  // The primary is gone: there is nobody to speak to, and nothing to say that it has not said.
  cluster.worker?.on('error', () => process.exit(1));
  onTold('drain', end);
}
