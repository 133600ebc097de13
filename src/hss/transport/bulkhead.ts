import { HssError } from './errors.ts';
import type { OwnReason } from './failure-reasons.ts';
import { createPromptness } from './promptness.ts';
import { tenantKey, type Tenant } from './tenant.ts';

export interface WaitOptions {
  /** Milliseconds that the call may wait for its place. */
  readonly waitMs: number;
  readonly signal: AbortSignal | null;
}

/** A bulkhead: bounded concurrency with a bounded, fair queue. */
export interface Bulkhead {
  /** Resolves to the function that gives the place back. Rejects with an HssError of a call that was not sent. */
  acquire(tenant: Tenant, options: WaitOptions): Promise<() => void>;
  waiting(): number;
}

interface Waiter {
  readonly tenant: Tenant;
  readonly start: () => void;
}

/**
 * `places` calls at most are under way at once, and `queue` wait at most; waiting tenants are served in turn.
 *
 * A tenant whose calls are known to end soon may have every free place: it gives them back soon. Of the others nobody
 * gets all: the places that the others leave to a caller, or to a project, are its own but for a fifth, and those
 * that a project's other callers leave to a caller are its own but for a quarter. So of two places or more, one is free
 * for whoever comes while a single tenant waits for a slow HSS; and a newcomer's share grows as slow calls end. These are
 * dynamic thresholds, as switches share their memory by (Choudhury and Hahne, 1998).
 */
export function createBulkhead(places: number, queue: number, clock: { now(): number } = performance): Bulkhead {
  let free = places;
  let waiting = 0;
  const heldByToken = new Map<string, number>();
  const heldByProject = new Map<string, number>();
  const heldByTenant = new Map<string, number>();
  const promptness = createPromptness(clock);
  /** Waiters by tenant; the order of the map is the order of turns. */
  const turns = new Map<string, Set<Waiter>>();

  const mayTake = (tenant: Tenant): boolean => {
    if (free === 0) return false;
    if (promptness.isKnown(tenant)) return true;
    const byAll = places - free;
    const byCaller = heldByToken.get(tenant.tokenDigest) ?? 0;
    const byProject = heldByProject.get(tenant.projectId) ?? 0;
    const byTenant = heldByTenant.get(tenantKey(tenant)) ?? 0;
    const maxOfProject = fourFifths(places - (byAll - byProject));
    return (
      byCaller < fourFifths(places - (byAll - byCaller)) &&
      byProject < maxOfProject &&
      byTenant < threeQuarters(maxOfProject - (byProject - byTenant))
    );
  };

  const add = (tenant: Tenant, change: 1 | -1): void => {
    free -= change;
    addTo(heldByToken, tenant.tokenDigest, change);
    addTo(heldByProject, tenant.projectId, change);
    addTo(heldByTenant, tenantKey(tenant), change);
  };

  const take = (tenant: Tenant): (() => void) => {
    add(tenant, 1);
    const ended = promptness.begin(tenant);
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      add(tenant, -1);
      ended();
      serve();
    };
  };

  const leave = (waiter: Waiter): void => {
    const key = tenantKey(waiter.tenant);
    const own = turns.get(key);
    if (!own?.delete(waiter)) return;
    waiting -= 1;
    if (own.size === 0) turns.delete(key);
  };

  /** Gives free places to the tenants in turn. Who has been served goes to the end, where the loop comes by again. */
  const serve = (): void => {
    for (const [key, own] of turns) {
      if (free === 0) return;
      const [next] = own;
      if (next === undefined || !mayTake(next.tenant)) continue;
      leave(next);
      if (turns.delete(key)) turns.set(key, own);
      next.start();
    }
  };

  return {
    waiting: () => waiting,
    acquire(tenant, { waitMs, signal }) {
      if (signal?.aborted) return Promise.reject(new HssError('caller-left', { sent: false }));
      if (waitMs <= 0) return Promise.reject(refusal('queue-timeout'));
      if (mayTake(tenant)) return Promise.resolve(take(tenant));
      const own = turns.get(tenantKey(tenant)) ?? new Set();
      // One tenant fills half of the queue at the most.
      if (own.size >= queue - waiting) {
        return Promise.reject(refusal('busy'));
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
          reject(refusal('queue-timeout'));
        }, waitMs);
        signal?.addEventListener('abort', onAbort, { once: true });
        turns.set(tenantKey(tenant), own.add(waiter));
        waiting += 1;
      });
    },
  };
}

/** The gateway's own fault, and no sign of HSS's health. */
const refusal = (kind: 'busy' | 'queue-timeout'): HssError =>
  new HssError(kind, {
    sent: false,
    reason: (kind === 'busy' ? 'QUEUE_FULL' : 'QUEUE_TIMEOUT') satisfies OwnReason,
    // A queue that is full now may have room in a moment.
    retryAfterSeconds: kind === 'busy' ? 1 : null,
  });

const fourFifths = (count: number): number => Math.ceil(0.8 * count);
const threeQuarters = (count: number): number => Math.max(1, Math.floor(0.75 * count));

function addTo(counts: Map<string, number>, key: string, change: number): void {
  const count = (counts.get(key) ?? 0) + change;
  if (count === 0) counts.delete(key);
  else counts.set(key, count);
}
