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

export function createUnreadBytes(): UnreadBytes {
  let total = 0;
  /** By when they were written, the oldest first. */
  const waiting = new Map<ServerResponse, { readonly bytes: number; readonly since: number }>();

  return {
    add(response, bytes) {
      // Most are read at once: the socket has taken them.
      if (response.writableFinished || bytes === 0) return;
      total += bytes;
      waiting.set(response, { bytes, since: performance.now() });
      response.once('close', () => {
        total -= bytes;
        waiting.delete(response);
      });
    },
    areTooMany() {
      if (total <= maxUnread) return false;
      const now = performance.now();
      let left = total;
      for (const [response, { bytes, since }] of waiting) {
        if (left <= maxUnread || now - since < patienceMs) break;
        left -= bytes;
        response.destroy();
      }
      return left > maxUnread;
    },
  };
}
