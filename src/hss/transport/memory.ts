import { createAccount } from '../../account.ts';
import { HssError } from './errors.ts';

/** How much of HSS's answers is held, in estimated bytes: arriving, in rows, and in responses made from them. */
export interface Memory {
  /** For an arriving answer; throws an HssError if there is no room. `taken`: what this answer has taken so far. */
  take(bytes: number, taken: number): void;
  giveBack(bytes: number): void;
  /** For an operation, until it ends; throws an HssError if it, or all together, would hold too much. */
  hold(operation: Holder, bytes: number): void;
  /** An operation has ended and holds nothing any more. */
  end(operation: Holder): void;
  heldBytes(): number;
}

/** What an operation holds, in bytes; null once it has ended. */
export interface Holder {
  heldBytes: number | null;
}

/** A process takes up to seven times this besides its usual 110 MiB: see bench/memory.ts. */
const maxBytes = 36 * 1024 * 1024;
/** The largest possible operation, 100 calls with 200 usual rows each, needs 19 MiB. */
const maxOperationBytes = 20 * 1024 * 1024;
/** What holds up to this may use the last quarter as well. */
const littleBytes = 1024 * 1024;

export function createMemory(): Memory {
  const account = createAccount(maxBytes, littleBytes);

  function take(bytes: number, own: number): void {
    if (!account.take(bytes, own)) throw new HssError('too-large');
  }

  return {
    take,
    giveBack: (bytes) => account.giveBack(bytes),
    hold(operation, bytes) {
      const own = operation.heldBytes;
      // Nobody waits for what comes after the end.
      if (own === null) return;
      if (own + bytes > maxOperationBytes) throw new HssError('too-large');
      take(bytes, own);
      operation.heldBytes = own + bytes;
    },
    end(operation) {
      account.giveBack(operation.heldBytes ?? 0);
      operation.heldBytes = null;
    },
    heldBytes: () => account.total(),
  };
}
