import { setImmediate } from 'node:timers/promises';

/** Runs a task when those before it have ended. Gives what the task gives, or rejects with what it throws. */
export type Enqueue = <T>(task: () => T) => Promise<T>;

/** `run` is given the next task when the one before has ended. */
function createSerialQueue(run: Enqueue): Enqueue {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const result = last.then(() => run(task));
    last = result.catch(() => null);
    return result;
  };
}

/** Of all operations: one task in each turn of the event loop, so that all else goes on between them. */
const queueOfProcess = createSerialQueue(async (task) => {
  await setImmediate();
  return task();
});

/** An operation has one task at a time in the queue of the process, and so no more than its share. */
export const createOperationQueue = (): Enqueue => createSerialQueue(queueOfProcess);
