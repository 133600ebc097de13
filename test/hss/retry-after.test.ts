import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readRetryAfter } from '../../src/hss/transport/retry-after.ts';

describe('Retry-After', () => {
  it.each([
    ['0', 0],
    ['7', 7],
    // Clients are told by GraphQL's Int.
    ['999999999999999', 2 ** 31 - 1],
  ])('is seconds from now: %s', (value, seconds) => {
    expect(readRetryAfter({ 'retry-after': value })).toBe(seconds);
  });

  it.each([undefined, '', 'soon', '-1', '1.5', ' 7', '7 ', '7s', '1'.repeat(16), ['7'], '2026-11-29', 'no date GMT'])(
    'is nothing where it is %j',
    (value) => {
      expect(readRetryAfter({ 'retry-after': value })).toBeNull();
    },
  );

  it("is a date, compared with the answer's own", () => {
    const headers = { 'retry-after': 'Sun, 29 Nov 2026 10:00:30 GMT', date: 'Sun, 29 Nov 2026 10:00:00 GMT' };
    expect(readRetryAfter(headers)).toBe(30);
    expect(readRetryAfter({ ...headers, date: headers['retry-after'] })).toBe(0);
    expect(readRetryAfter({ ...headers, 'retry-after': 'Fri, 31 Dec 9999 23:59:59 GMT' })).toBe(2 ** 31 - 1);
    // What is past is now.
    expect(readRetryAfter({ 'retry-after': headers.date, date: headers['retry-after'] })).toBe(0);
  });

  it('of a date in another form than that of HTTP is nothing', () => {
    const date = 'Sun, 29 Nov 2026 10:00:00 GMT';
    expect(readRetryAfter({ 'retry-after': '2026-11-29T10:00:30Z', date })).toBeNull();
  });

  describe('where the answer has no date that can be read', () => {
    beforeEach(() => vi.useFakeTimers({ now: Date.UTC(2026, 10, 29, 10, 0, 0, 500) }));
    afterEach(() => void vi.useRealTimers());

    it.each([undefined, 'today', '2026-11-29T09:00:00Z', ['Sun, 29 Nov 2026 09:00:00 GMT']])(
      'is compared with the clock, and rounded up: %j',
      (date) => {
        expect(readRetryAfter({ 'retry-after': 'Sun, 29 Nov 2026 10:00:30 GMT', date })).toBe(30);
      },
    );
  });
});
