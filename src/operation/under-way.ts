import { queueFull } from '../hss/transport/bulkhead.ts';

/** The operations that have begun and not ended, whether or not anyone still waits for them. */
export interface UnderWay {
  /** `operation` must never reject. */
  add(operation: Promise<unknown>): void;
  count(): number;
  /** Throws the HssError of a full queue if there are too many to begin another. */
  admit(): void;
  /** Resolves when none is left. */
  ended(): Promise<void>;
}

/**
 * Operations that make calls of their own are bounded by the queue for places; this bounds those that wait for equal
 * reads, each with some 20 KB.
 */
const maxOperations = 4_000;

/** `onFailure`: told why an operation is not begun. */
export function createUnderWay(onFailure: (reason: string) => void): UnderWay {
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
    count: () => count,
    admit() {
      if (count < maxOperations) return;
      const error = queueFull();
      if (error.reason !== null) onFailure(error.reason);
      throw error;
    },
    ended: () => (count === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
  };
}
