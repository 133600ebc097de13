import cluster from 'node:cluster';
import process from 'node:process';
import { onTold } from './messages.ts';

/** How long a gateway that was told to end reports it before it stops listening. */
export const drainDelayMs = 2_000;

/** Extra time, beyond the operations' own deadline, for operations under way and the last spans and log lines. */
export const graceMs = 5_000;

/** Ends a process gracefully; new operations are admitted for another `drainDelayMs`. */
export type End = (drainDelayMs: number) => void;

/** Calls `end` at the first signal; the second one calls `kill` and ends the process at once. */
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
  // The primary is gone: there is nobody to report to, and nothing to add to what it has said.
  cluster.worker?.on('error', () => process.exit(1));
  onTold('drain', end);
}
