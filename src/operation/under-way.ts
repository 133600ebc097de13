/** The operations that have begun and not ended, whoever still waits for them. */
export interface UnderWay {
  /** Of one that never rejects. */
  add(operation: Promise<unknown>): void;
  /** Resolves when none is left. */
  ended(): Promise<void>;
}

export function createUnderWay(): UnderWay {
  let count = 0;
  const waiting: (() => void)[] = [];

  function end(): void {
    count -= 1;
    if (count === 0) for (const resolve of waiting.splice(0)) resolve();
  }

  return {
    add(operation) {
      count += 1;
      void operation.then(end);
    },
    ended: () => (count === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
  };
}
