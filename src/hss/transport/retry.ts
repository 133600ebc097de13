import type { HssError } from './errors.ts';
import type { FlightState } from './flight.ts';

/** Of one call, including the first. */
export const maxTries = 3;

/** Whether the same call may be sent again: never after a refusal, and a write only if it has not happened. */
export function mayRetry(error: HssError, isRead: boolean): boolean {
  const { kind, status, sent, retryAfterSeconds, stale } = error;
  if (kind === 'caller-left') return false;
  // Refused by the breaker: better to tell the caller at once when to retry.
  if (!sent && retryAfterSeconds !== null) return false;
  if (!sent) return true;
  if (!isRead) return isThrottled(error);
  if (kind === 'rate-limited' || stale) return true;
  if (status === null) return kind === 'unavailable';
  // Any other kind comes from HSS's code, whatever the status.
  return (kind === 'unavailable' || kind === 'timeout') && (status === 502 || status === 503 || status === 504);
}

/** Whether HSS certainly did not do what was asked, because it was asked too often. */
export function isThrottled({ kind, status }: HssError): boolean {
  return kind === 'rate-limited' && status !== null && status >= 400 && status < 500;
}

/**
 * Whether a write that failed this way may have happened anyway: it was sent, and HSS did not refuse it. A 2xx that is
 * not JSON, like silence or a 5xx, says nothing about what happened.
 */
export function mayHaveHappened({ kind, status, sent }: HssError): boolean {
  if (!sent) return false;
  if (status === null) return true;
  return status < 400 ? kind === 'bad-response' : status >= 500;
}

/** How all riders of a failed flight retry, so that their next try is one call again. */
export const retryOf = (flight: FlightState, error: HssError): NonNullable<FlightState['retry']> =>
  (flight.retry ??= { pauseMs: pauseMs(error, flight.tries), isPaid: null });

/**
 * How long to wait before the next attempt: as long as HSS says; if it says nothing or zero, exponential, with jitter
 * of up to as much again. HSS throttles for long, so throttled calls wait longer.
 */
export function pauseMs({ kind, retryAfterSeconds }: HssError, attempts: number): number {
  if (retryAfterSeconds) return retryAfterSeconds * 1000;
  const base = (kind === 'rate-limited' ? 500 : 100) * 2 ** (attempts - 1);
  return base * (1 + Math.random());
}
