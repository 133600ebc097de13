import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { endOfTurn } from '../src/turn.ts';

it('lets what waits for the same end go on step by step, side by side', async () => {
  const steps: string[] = [];
  const go = async (name: string): Promise<void> => {
    await endOfTurn();
    steps.push(`${name} 1`);
    await Promise.resolve();
    steps.push(`${name} 2`);
  };
  await Promise.all([go('a'), go('b')]);
  expect(steps).toEqual(['a 1', 'b 1', 'a 2', 'b 2']);
});

it('ends with each turn of the event loop, and not before', async () => {
  for (let turn = 0; turn < 2; turn += 1) {
    let hasEnded = false;
    void endOfTurn().then(() => {
      hasEnded = true;
    });
    await Promise.resolve();
    expect(hasEnded).toBe(false);
    await setImmediate();
    expect(hasEnded).toBe(true);
  }
});
