/** An account of bytes that are held, with a bound. */
export interface Account {
  /** False if there is no room. `own`: what the same holder has taken so far. */
  take(bytes: number, own: number): boolean;
  giveBack(bytes: number): void;
  total(): number;
}

/**
 * `maxBytes` for all holders together. The last quarter is reserved for those that hold up to `littleBytes`, so that a few
 * large ones do not starve the rest.
 */
export function createAccount(maxBytes: number, littleBytes: number): Account {
  const maxBytesOfLarge = (3 * maxBytes) / 4;
  let total = 0;
  return {
    take(bytes, own) {
      if (total + bytes > (own + bytes > littleBytes ? maxBytesOfLarge : maxBytes)) return false;
      total += bytes;
      return true;
    },
    giveBack(bytes) {
      total -= bytes;
    },
    total: () => total,
  };
}
