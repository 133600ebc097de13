/** The most that bodies of requests without a response yet may take, over all connections, in bytes. */
const maxBytes = 32 * 1024 * 1024;
/** Bodies of usual size have the last quarter to themselves: a few large, slow ones do not shut everybody out. */
const usualBytes = 16 * 1024;
const maxBytesOfLarge = (3 * maxBytes) / 4;

/** Bounds what clients that send bodies can make the gateway hold, with a token or without. */
export interface BodyRoom {
  /** False where there is no room. `taken` is what the same body has taken before. */
  take(bytes: number, taken: number): boolean;
  giveBack(bytes: number): void;
}

export function createBodyRoom(): BodyRoom {
  let total = 0;
  return {
    take(bytes, taken) {
      if (total + bytes > (taken + bytes > usualBytes ? maxBytesOfLarge : maxBytes)) return false;
      total += bytes;
      return true;
    },
    giveBack(bytes) {
      total -= bytes;
    },
  };
}
