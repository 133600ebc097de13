import type { ServerResponse } from 'node:http';

/** What may wait for clients to read it, over all connections, in characters of responses. */
const maxUnread = 64 * 1024 * 1024;
/** A response that has waited for so long is given up where others need its room. */
const patienceMs = 5_000;

/** Bounds what clients that ask and do not read can make the gateway hold. */
export interface UnreadBytes {
  add(response: ServerResponse, bytes: number): void;
  /** Whether no new request is to be served. Ends the slowest readers first. */
  areTooMany(): boolean;
}

interface Waiting {
  readonly response: ServerResponse;
  readonly bytes: number;
  /** On the clock of `performance.now()`. */
  readonly since: number;
}

export function createUnreadBytes(): UnreadBytes {
  let total = 0;
  /** The oldest first. No Map: V8 keeps what an old table of one held until its next full collection (docs/decisions/0007). */
  const waiting: Waiting[] = [];

  return {
    add(response, bytes) {
      // Most are read at once: the system has taken them.
      if (response.writableLength === 0 || bytes === 0) return;
      total += bytes;
      const added = { response, bytes, since: performance.now() };
      waiting.push(added);
      response.once('close', () => {
        total -= bytes;
        waiting.splice(waiting.indexOf(added), 1);
      });
    },
    areTooMany() {
      if (total <= maxUnread) return false;
      const now = performance.now();
      let left = total;
      for (const { response, bytes, since } of waiting) {
        if (left <= maxUnread || now - since < patienceMs) break;
        left -= bytes;
        response.destroy();
      }
      return left > maxUnread;
    },
  };
}
