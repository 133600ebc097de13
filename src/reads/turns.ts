import { setImmediate } from 'node:timers/promises';

/** Runs tasks one after the other. */
export type InTurn = <T>(task: () => T) => Promise<T>;

/** `run` is given the next task when the one before has ended. */
function createTurns(run: InTurn): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const result = last.then(() => run(task));
    last = result.catch(() => null);
    return result;
  };
}

/** Of all operations: one task in each turn of the event loop, so that all else goes on between them. */
const turnsOfProcess = createTurns(async (task) => {
  await setImmediate();
  return task();
});

/** An operation has one task at a time among those of the process, and so no more than its share. */
export const createTurnsOfOperation = (): InTurn => createTurns(turnsOfProcess);
