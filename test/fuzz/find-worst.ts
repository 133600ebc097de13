import type { Knobs } from './request-classes.ts';

/**
 * Turns knobs so that `cost` grows: all of them up, then by chance, then the worst of those a little further. The same
 * turns on every run.
 */
export async function findWorst(knobs: number, tries: number, cost: (turned: Knobs) => Promise<number>): Promise<void> {
  const next = createRandom(knobs * 7_919 + tries);
  const random = (): number[] => Array.from({ length: knobs }, next);
  let worst = { turns: Array.from({ length: knobs }, () => 1), cost: -1 };
  for (let tried = 0; tried < tries; tried++) {
    const turns = tried === 0 ? worst.turns : tried < tries / 3 ? random() : nearby(worst.turns, next);
    const found = { turns, cost: await cost(createKnobs(turns)) };
    if (found.cost > worst.cost) worst = found;
  }
}

/** One knob turned anew, or a little, the others as they are. */
function nearby(turns: readonly number[], next: () => number): number[] {
  const turned = Math.floor(next() * turns.length);
  const reach = next() < 0.5 ? 1 : 0.1;
  return turns.map((turn, index) => {
    const other = index === turned ? turn + reach * (next() - 0.5) * 2 : turn;
    return Math.min(1, Math.max(0, other));
  });
}

function createKnobs(turns: readonly number[]): Knobs {
  let used = 0;
  const turn = (): number => turns[used++ % turns.length]!;
  return {
    count: (max) => Math.round((max + 1) ** turn()) - 1,
    from: (items) => items[Math.min(items.length - 1, Math.floor(turn() * items.length))]!,
  };
}

/** Numbers from 0 to 1, the same for the same seed: a linear congruential generator (Numerical Recipes). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
