import * as fc from 'fast-check';

/** Chance, told by a seed. */
export interface Draw {
  /** 0 to `max`. */
  upTo(max: number): number;
  oneIn(count: number): boolean;
  from<T>(items: readonly T[]): T;
}

export function createDraw(g: fc.GeneratorValue): Draw {
  const upTo = (max: number): number => g(fc.nat, max);
  return {
    upTo,
    oneIn: (count) => upTo(count - 1) === 0,
    from: (items) => items[upTo(items.length - 1)]!,
  };
}
