import { setImmediate } from 'node:timers/promises';

/** Runs a task when those before it have ended. Resolves to its result, or rejects with what it throws. */
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

/** For all operations: one task per turn of the event loop, so that other work goes on between them. */
const queueOfProcess = createSerialQueue(async (task) => {
  await setImmediate();
  return task();
});

/** An operation has one task at a time in the queue of the process, and thus no more than its share. */
export const createOperationQueue = (): Enqueue => createSerialQueue(queueOfProcess);
