import fc from 'fast-check';
import { expect, it } from 'vitest';
import { echoes } from '../src/echoes.ts';

/** Of few letters, so that texts and secrets have much in common. */
const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 40 });

it('finds the pieces that a look at each of them finds', () => {
  const hasPiece = (text: string, secret: string, length: number): boolean =>
    Array.from({ length: Math.max(0, text.length - length + 1) }).some((_, start) =>
      secret.includes(text.slice(start, start + length)),
    );
  fc.assert(
    fc.property(word, word, fc.integer({ min: 2, max: 9 }), (text, secret, length) => {
      fc.pre(text !== secret);
      expect(echoes(text, secret, length)).toBe(hasPiece(text, secret, length));
    }),
    { numRuns: 2_000 },
  );
});

it('takes a whole secret for an echo, however short it is, and nothing for one of nothing', () => {
  expect([echoes('a', 'a'), echoes('', ''), echoes('', 'a'), echoes('a', '')]).toEqual([true, false, false, false]);
});
