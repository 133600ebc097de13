import type { HssError } from './errors.ts';

/** Whether the same call may be sent again: never after a refusal, and a write only where it has not happened. */
export function mayRetry({ kind, status, sent, retryAfterSeconds }: HssError, isRead: boolean): boolean {
  if (kind === 'caller-left') return false;
  // Refused by the breaker: the caller is better told at once when to come again.
  if (!sent && retryAfterSeconds !== null) return false;
  if (!sent || kind === 'rate-limited') return true;
  if (!isRead) return false;
  if (status === null) return kind === 'unavailable';
  // Another kind was told by HSS's code, whatever the status says.
  return (kind === 'unavailable' || kind === 'timeout') && (status === 502 || status === 503 || status === 504);
}

/** Exponential, with jitter over as much again. HSS's throttling windows are long: they are given more time. */
export function backOffMs({ kind }: HssError, attempts: number): number {
  const base = (kind === 'rate-limited' ? 500 : 100) * 2 ** (attempts - 1);
  return base * (1 + Math.random());
}
