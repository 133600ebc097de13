import type { ServerResponse } from 'node:http';

/** How many bytes of responses may wait for clients to read them, over all connections. */
const maxUnread = 64 * 1024 * 1024;
/** A response that has waited this long is given up if others need its room. */
const patienceMs = 5_000;

/** Bounds what clients that do not read their responses can make the gateway hold. */
export interface UnreadBytes {
  add(response: ServerResponse, bytes: number): void;
  /** Whether no new request may be served. Ends the slowest readers first. */
  areTooMany(): boolean;
}

interface Waiting {
  /** Null once it is over: see docs/decisions/0007 on maps of requests. */
  response: ServerResponse | null;
  readonly bytes: number;
  /** On the clock of `performance.now()`. */
  readonly since: number;
}

export function createUnreadBytes(): UnreadBytes {
  let total = 0;
  /** The oldest first. */
  const waiting = new Set<Waiting>();

  return {
    add(response, bytes) {
      // Most are sent at once: the system has taken them.
      if (response.writableLength === 0 || bytes === 0) return;
      total += bytes;
      const added: Waiting = { response, bytes, since: performance.now() };
      waiting.add(added);
      response.once('close', () => {
        total -= bytes;
        waiting.delete(added);
        added.response = null;
      });
    },
    areTooMany() {
      if (total <= maxUnread) return false;
      const now = performance.now();
      let left = total;
      for (const { response, bytes, since } of waiting) {
        if (left <= maxUnread || now - since < patienceMs) break;
        left -= bytes;
        response?.destroy();
      }
      return left > maxUnread;
    },
  };
}
