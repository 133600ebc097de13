import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countWhile } from '../src/count-while.ts';

it('counts what passes of a list in which nothing passes after what does not, looking at few of its items', () => {
  fc.assert(
    fc.property(fc.nat(300), fc.nat(300), (passing, others) => {
      const items = Array.from({ length: passing + others }, (_, index) => index);
      let looks = 0;
      const count = countWhile(items, (item) => {
        looks += 1;
        return item < passing;
      });
      expect(count).toBe(passing);
      expect(looks).toBeLessThanOrEqual(Math.ceil(Math.log2(items.length + 1)));
    }),
  );
});
