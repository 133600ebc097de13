import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createOperationQueue } from '../../src/reads/serial-queue.ts';

describe('tasks in a queue', () => {
  it('leave the event loop a turn between any two, whatever operations they are of', async () => {
    const ran: string[] = [];
    const operations = [createOperationQueue(), createOperationQueue()];
    const tasks = operations.flatMap((enqueue, operation) =>
      [1, 2, 3].map((number) => enqueue(() => ran.push(`${operation}-${number}`))),
    );
    let seen = 0;
    for (let turns = 0; seen < 6 && turns < 100; turns += 1) {
      await setImmediate();
      expect(ran.length - seen).toBeLessThanOrEqual(1);
      seen = ran.length;
    }
    await Promise.all(tasks);
    // By turns: neither operation waits for all of the other.
    expect(ran).toEqual(['0-1', '1-1', '0-2', '1-2', '0-3', '1-3']);
  });

  it('give what they give, or throw what they throw, and the next goes on', async () => {
    const enqueue = createOperationQueue();
    const failure = new Error('failed');
    const results = await Promise.allSettled([
      enqueue(() => 1),
      enqueue(() => {
        throw failure;
      }),
      enqueue(() => 3),
    ]);
    expect(results).toEqual([
      { status: 'fulfilled', value: 1 },
      { status: 'rejected', reason: failure },
      { status: 'fulfilled', value: 3 },
    ]);
  });
});
