import { describe, expect, it } from 'vitest';
import { HssError } from '../../src/hss/transport/errors.ts';
import { pauseMs } from '../../src/hss/transport/retry.ts';

describe('the pause before another try', () => {
  it.each([
    ['after a failure', 'unavailable', 503, 100],
    ['after a refusal for haste', 'rate-limited', 429, 500],
  ] as const)(
    '%s is spread over as much again: who failed together does not come back together',
    (_what, kind, status, base) => {
      for (const attempts of [1, 2]) {
        const least = base * 2 ** (attempts - 1);
        const pauses = Array.from({ length: 1_000 }, () => pauseMs(new HssError(kind, { status }), attempts));
        // That no one of a thousand falls into a fifth of the range happens once in 10^96.
        expect(Math.min(...pauses)).toBeGreaterThanOrEqual(least);
        expect(Math.min(...pauses)).toBeLessThan(1.2 * least);
        expect(Math.max(...pauses)).toBeGreaterThan(1.8 * least);
        expect(Math.max(...pauses)).toBeLessThan(2 * least);
      }
    },
  );

  it('is as long as Retry-After says, however often it was tried', () => {
    const details = { status: 429, retryAfterSeconds: 1 };
    expect([1, 2].map((attempts) => pauseMs(new HssError('rate-limited', details), attempts))).toEqual([1_000, 1_000]);
  });
});
