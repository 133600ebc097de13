import { describe, expect, it } from 'vitest';
import { createRowLimit, type RowLimit } from '../../src/hss/row-limit.ts';

const tenMinutes = 10 * 60_000;

/** A limit with a clock that tests set. */
function start(): { limit: RowLimit; pass: (ms: number) => void } {
  let now = 1_000;
  return {
    limit: createRowLimit(() => now),
    pass: (ms) => {
      now += ms;
    },
  };
}

function shortAnswers(limit: RowLimit, ...rows: readonly number[]): void {
  for (const given of rows) limit.onShortAnswer(given);
}

describe('the most rows that a read asks for', () => {
  it('are 200 where nothing is known of an HSS', () => {
    expect(createRowLimit().max()).toBe(200);
    expect(start().limit.max()).toBe(200);
  });

  it('are known by the clock of the process where no other is given', () => {
    const limit = createRowLimit();
    limit.onRefused(50);
    expect(limit.max()).toBe(50);
  });

  it('are what two short answers in a row have given', () => {
    const { limit } = start();
    shortAnswers(limit, 100);
    expect(limit.max()).toBe(200);
    shortAnswers(limit, 100);
    expect(limit.max()).toBe(100);
  });

  it('are not learnt from short answers that differ, nor from such between which more came', () => {
    const { limit } = start();
    shortAnswers(limit, 100, 90, 100, 90);
    limit.onAnswer(200, 91);
    shortAnswers(limit, 90, 90, 90);
    limit.onAnswer(200, 91);
    shortAnswers(limit, 90);
    expect(limit.max()).toBe(200);
  });

  it('are learnt from short answers between which no more than that came', () => {
    const { limit } = start();
    shortAnswers(limit, 90);
    limit.onAnswer(200, 90);
    limit.onAnswer(200, 3);
    shortAnswers(limit, 90);
    expect(limit.max()).toBe(90);
  });

  it('are learnt from more short answers where more was given lately', () => {
    const { limit, pass } = start();
    limit.onAnswer(200, 200);
    shortAnswers(limit, 100, 100, 100);
    expect(limit.max()).toBe(200);
    shortAnswers(limit, 100);
    expect(limit.max()).toBe(100);
    pass(tenMinutes);
    shortAnswers(limit, 57, 57);
    expect(limit.max()).toBe(57);
  });

  it('are no answer of fewer rows than any read can ask for: its list has moved', () => {
    const { limit } = start();
    shortAnswers(limit, 9, 9, 9, 9);
    expect(limit.max()).toBe(200);
    shortAnswers(limit, 10, 10);
    expect(limit.max()).toBe(10);
  });

  it('never grow by what is learnt', () => {
    const { limit } = start();
    shortAnswers(limit, 50, 50);
    shortAnswers(limit, 80, 80);
    limit.onRefused(100);
    expect(limit.max()).toBe(50);
  });

  it('are what was not refused where more was', () => {
    const { limit } = start();
    limit.onRefused(50);
    expect(limit.max()).toBe(50);
  });

  it('are forgotten after ten minutes, and known longer where they are learnt anew', () => {
    const { limit, pass } = start();
    limit.onRefused(50);
    pass(tenMinutes - 1);
    expect(limit.max()).toBe(50);
    limit.onRefused(50);
    pass(tenMinutes - 1);
    expect(limit.max()).toBe(50);
    pass(1);
    expect(limit.max()).toBe(200);
  });

  it('are forgotten after a minute where short answers told them: lists may have moved', () => {
    const { limit, pass } = start();
    shortAnswers(limit, 57, 57);
    pass(59_999);
    expect(limit.max()).toBe(57);
    pass(1);
    expect(limit.max()).toBe(200);
  });

  it('are learnt anew by one short answer when they have been forgotten, however often it came before', () => {
    const { limit, pass } = start();
    shortAnswers(limit, 100, 100, 100, 100);
    pass(tenMinutes);
    expect(limit.max()).toBe(200);
    shortAnswers(limit, 100);
    expect(limit.max()).toBe(100);
    pass(tenMinutes);
    shortAnswers(limit, 90);
    expect(limit.max()).toBe(200);
  });
});

describe('whether an HSS gives so many rows', () => {
  it('is told by the most that came to a read, for ten minutes', () => {
    const { limit, pass } = start();
    expect(limit.gives(1)).toBe(false);
    limit.onAnswer(200, 120);
    limit.onAnswer(200, 50);
    expect([120, 121].map((rows) => limit.gives(rows))).toEqual([true, false]);
    pass(tenMinutes - 1);
    limit.onAnswer(200, 50);
    expect(limit.gives(120)).toBe(true);
    pass(1);
    expect(limit.gives(120)).toBe(false);
  });

  it('is told anew by each read that brings as many', () => {
    const { limit, pass } = start();
    limit.onAnswer(200, 120);
    pass(tenMinutes - 1);
    limit.onAnswer(200, 120);
    pass(tenMinutes - 1);
    expect(limit.gives(120)).toBe(true);
  });
});

describe('a limit that was refused', () => {
  it('is tried with fewer rows, down to ten', () => {
    const { limit } = start();
    const tried = [200, 150, 100, 50, 20, 10].map((asked) => limit.below(asked));
    expect(tried).toEqual([100, 100, 50, 20, 10, null]);
  });

  it('was not refused for its number of rows where as many were not refused before', () => {
    const { limit } = start();
    limit.onAnswer(100, 7);
    limit.onAnswer(50, 50);
    expect(limit.below(100)).toBeNull();
    expect(limit.below(101)).toBe(100);
  });

  it('may be one of its rows again after ten minutes in which so many were not asked for', () => {
    const { limit, pass } = start();
    limit.onAnswer(100, 7);
    pass(tenMinutes - 1);
    limit.onAnswer(100, 7);
    pass(tenMinutes - 1);
    expect(limit.below(100)).toBeNull();
    pass(1);
    expect(limit.below(100)).toBe(50);
  });
});
