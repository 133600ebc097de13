import { HssError } from './errors.ts';

/** What of HSS's answers is held at once, in bytes as they are estimated: on its way, in rows, and in responses made of them. */
export interface Memory {
  /** For what is on its way; throws an HssError where there is no room. `taken` is what the same answer has taken before. */
  take(bytes: number, taken: number): void;
  giveBack(bytes: number): void;
  /** For an operation, until it ends; throws an HssError where it, or all operations, would hold too much. */
  hold(operation: Holder, bytes: number): void;
  /** An operation has ended, and holds nothing any more. */
  end(operation: Holder): void;
  heldBytes(): number;
}

/** What an operation holds of it, in bytes; null once it has ended. */
export interface Holder {
  heldBytes: number | null;
}

/** Beside the 110 MiB that a process has anyway it takes up to seven times as much: see bench/memory.ts. */
const maxBytes = 36 * 1024 * 1024;
/** The largest operation there is, of 100 calls with 200 usual rows each, needs 19 MiB. */
const maxOperationBytes = 20 * 1024 * 1024;
/** Those who hold little have the last quarter to themselves, so that a few large operations do not starve all others. */
const littleBytes = 1024 * 1024;
const maxBytesOfLarge = (3 * maxBytes) / 4;

export function createMemory(): Memory {
  let total = 0;

  function add(bytes: number, own: number): void {
    if (total + bytes > (own + bytes > littleBytes ? maxBytesOfLarge : maxBytes)) throw new HssError('too-large');
    total += bytes;
  }

  return {
    take: add,
    giveBack(bytes) {
      total -= bytes;
    },
    hold(operation, bytes) {
      const own = operation.heldBytes;
      // What comes after the end, nobody waits for.
      if (own === null) return;
      if (own + bytes > maxOperationBytes) throw new HssError('too-large');
      add(bytes, own);
      operation.heldBytes = own + bytes;
    },
    end(operation) {
      total -= operation.heldBytes ?? 0;
      operation.heldBytes = null;
    },
    // Estimates are fractions, whose sums are not exact: nothing could be a little less.
    heldBytes: () => Math.max(0, total),
  };
}
