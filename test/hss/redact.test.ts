import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../src/hss/transport/redact.ts';

const token = fc.string({ minLength: 8, maxLength: 200, unit: 'grapheme-ascii' });

describe('what HSS sends back', () => {
  it('is an echo where it holds eight characters in a row of what was sent, in whatever case', () => {
    fc.assert(
      fc.property(token, fc.string(), fc.string(), fc.nat(), fc.boolean(), (secret, before, after, start, isUpper) => {
        const from = start % (secret.length - 7);
        const piece = secret.slice(from, from + 8);
        const isEcho = createRedactor(['other', secret]);
        expect(isEcho(before + (isUpper ? piece.toUpperCase() : piece) + after)).toBe(true);
      }),
    );
  });

  it('is none where it is a short text that occurs in it, unless it is all of it', () => {
    const isEcho = createRedactor(['token-of-a-caller', 'abc']);
    expect(['token', 'caller', 'HSS.0013', 'b', 'abcd'].map(isEcho)).toEqual([false, false, false, false, false]);
    expect(isEcho('ABC')).toBe(true);
  });
});
