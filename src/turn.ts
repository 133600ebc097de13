let end: Promise<void> | null = null;

/**
 * Resolves at the end of this turn of the event loop. Everything that waits for the same end continues in lockstep:
 * each step finds its code in the processor's caches, where the step before has left it (docs/decisions/0007).
 */
export function endOfTurn(): Promise<void> {
  end ??= new Promise((resolve) => {
    setImmediate(() => {
      end = null;
      resolve();
    });
  });
  return end;
}
