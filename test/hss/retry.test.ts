import { describe, expect, it } from 'vitest';
import { HssError, type HssErrorDetails, type HssErrorKind } from '../../src/hss/transport/errors.ts';
import { isThrottled, mayHaveHappened, mayRetry, pauseMs } from '../../src/hss/transport/retry.ts';

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

describe('a call that failed', () => {
  it.each<[what: string, kind: HssErrorKind, details: HssErrorDetails, read: boolean, write: boolean]>([
    ['by a connection that was not made', 'unavailable', { sent: false }, true, true],
    ['by a reset', 'unavailable', {}, true, false],
    ['by silence', 'timeout', {}, false, false],
    ['by 502', 'unavailable', { status: 502 }, true, false],
    ['by 503', 'unavailable', { status: 503 }, true, false],
    ['by 504', 'timeout', { status: 504 }, true, false],
    ['by 500', 'unavailable', { status: 500 }, false, false],
    ['by 501', 'unavailable', { status: 501 }, false, false],
    ['by 503 and a code that forbids it', 'forbidden', { status: 503 }, false, false],
    ['by 429', 'rate-limited', { status: 429 }, true, true],
    ['by the code of a throttle under 400', 'rate-limited', { status: 400 }, true, true],
    ['by the code of a throttle under 499', 'rate-limited', { status: 499 }, true, true],
    ['by the code of a throttle under 503', 'rate-limited', { status: 503 }, true, false],
    ['by the code of a throttle under 200', 'rate-limited', { status: 200 }, true, false],
    ['by a kept connection that HSS had given up', 'rejected', { status: 408, stale: true }, true, false],
    ['by 408 on a new connection', 'rejected', { status: 408 }, false, false],
    ['by 400', 'invalid', { status: 400 }, false, false],
    ['by another 2xx than is documented', 'bad-response', { status: 200 }, false, false],
    ['by a circuit that is open', 'unavailable', { sent: false, retryAfterSeconds: 3 }, false, false],
    ['by its caller, before it was sent', 'caller-left', { sent: false }, false, false],
    ['by its caller', 'caller-left', {}, false, false],
  ])('%s may be made again, or not', (_what, kind, details, read, write) => {
    const error = new HssError(kind, details);
    expect([mayRetry(error, true), mayRetry(error, false)]).toEqual([read, write]);
  });

  it('may be made again after a throttle that names a time', () => {
    const error = new HssError('rate-limited', { status: 429, retryAfterSeconds: 3 });
    expect([mayRetry(error, true), mayRetry(error, false)]).toEqual([true, true]);
  });
});

describe('a write that failed', () => {
  it.each<[what: string, kind: HssErrorKind, details: HssErrorDetails, mayHave: boolean]>([
    ['before it was sent', 'unavailable', { sent: false }, false],
    ['by silence', 'timeout', {}, true],
    ['by a reset', 'unavailable', {}, true],
    ['by 500', 'unavailable', { status: 500 }, true],
    ['by 504', 'timeout', { status: 504 }, true],
    ['by 499', 'rejected', { status: 499 }, false],
    ['by 400', 'invalid', { status: 400 }, false],
    ['by 400 that is no JSON', 'bad-response', { status: 400 }, false],
    ['by a refusal under 200', 'rejected', { status: 200 }, false],
    ['by 200 that is no JSON', 'bad-response', { status: 200 }, true],
    ['by 399', 'rejected', { status: 399 }, false],
  ])('%s may have happened, or not', (_what, kind, details, mayHave) => {
    expect(mayHaveHappened(new HssError(kind, details))).toBe(mayHave);
  });
});

describe('a throttle', () => {
  it('is a refusal of HSS, and no silence', () => {
    const throttled = (status: number | null): boolean => isThrottled(new HssError('rate-limited', { status }));
    expect([429, 400, 499, 399, 500, null].map(throttled)).toEqual([true, true, true, false, false, false]);
    expect(isThrottled(new HssError('invalid', { status: 429 }))).toBe(false);
  });
});
