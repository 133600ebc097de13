import { HssError } from './errors.ts';

/**
 * A caller or a project may take a further place only while it holds fewer than this many times the free ones: the
 * dynamic threshold of shared-memory switches (Choudhury and Hahne, 1998). Alone it gets 4/5 of many places, and all of
 * a few; the slower and greedier it is, the more surely somebody else finds a free one.
 */
const share = 4;

/** Whose call it is. Both are fair-share keys: neither a slow token nor a slow project may starve the others. */
export interface Tenant {
  readonly token: string;
  readonly projectId: string;
}

export interface Patience {
  /** Milliseconds that the call may wait for its place. */
  readonly waitMs: number;
  readonly signal: AbortSignal | null;
}

/** Bounded concurrency with a bounded, fair queue. */
export interface Places {
  /** Resolves to the function that gives the place back. Rejects with an HssError of a call that was not sent. */
  take(tenant: Tenant, patience: Patience): Promise<() => void>;
  waiting(): number;
}

interface Waiter {
  readonly tenant: Tenant;
  readonly start: () => void;
}

/** `places` calls at most are under way at once, and `queue` wait at most; waiting callers are served in turn. */
export function createPlaces(places: number, queue: number): Places {
  let free = places;
  let waiting = 0;
  const heldByToken = new Map<string, number>();
  const heldByProject = new Map<string, number>();
  /** Waiters by tenant; the order of the map is the order of turns. */
  const turns = new Map<string, Set<Waiter>>();

  const mayTake = ({ token, projectId }: Tenant): boolean =>
    free > 0 && (heldByToken.get(token) ?? 0) < share * free && (heldByProject.get(projectId) ?? 0) < share * free;

  const take = ({ token, projectId }: Tenant): (() => void) => {
    free -= 1;
    add(heldByToken, token, 1);
    add(heldByProject, projectId, 1);
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      free += 1;
      add(heldByToken, token, -1);
      add(heldByProject, projectId, -1);
      serve();
    };
  };

  const leave = (waiter: Waiter): void => {
    const key = turnOf(waiter.tenant);
    const own = turns.get(key);
    if (!own?.delete(waiter)) return;
    waiting -= 1;
    if (own.size === 0) turns.delete(key);
  };

  /** Gives free places to the tenants in turn. Who has been served goes to the end, where the loop comes by again. */
  const serve = (): void => {
    for (const [key, own] of turns) {
      const [next] = own;
      if (next === undefined || !mayTake(next.tenant)) continue;
      leave(next);
      if (turns.delete(key)) turns.set(key, own);
      next.start();
    }
  };

  return {
    waiting: () => waiting,
    take(tenant, { waitMs, signal }) {
      if (signal?.aborted) return Promise.reject(new HssError('caller-left', { sent: false }));
      if (waitMs <= 0) return Promise.reject(new HssError('timeout', { sent: false }));
      if (mayTake(tenant)) return Promise.resolve(take(tenant));
      const own = turns.get(turnOf(tenant)) ?? new Set();
      // The same rule for the queue: one tenant fills half of it at the most.
      if (own.size >= queue - waiting) {
        return Promise.reject(new HssError('unavailable', { sent: false, retryAfterSeconds: 1 }));
      }
      return new Promise((resolve, reject) => {
        const end = (): void => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', onAbort);
          leave(waiter);
        };
        const waiter: Waiter = {
          tenant,
          start: () => {
            end();
            resolve(take(tenant));
          },
        };
        const onAbort = (): void => {
          end();
          reject(new HssError('caller-left', { sent: false }));
        };
        const timer = setTimeout(() => {
          end();
          reject(new HssError('timeout', { sent: false }));
        }, waitMs);
        signal?.addEventListener('abort', onAbort, { once: true });
        turns.set(turnOf(tenant), own.add(waiter));
        waiting += 1;
      });
    },
  };
}

/** A project id holds no blank. */
const turnOf = ({ token, projectId }: Tenant): string => `${projectId} ${token}`;

function add(counts: Map<string, number>, key: string, change: number): void {
  const count = (counts.get(key) ?? 0) + change;
  if (count === 0) counts.delete(key);
  else counts.set(key, count);
}
