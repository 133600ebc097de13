import { LRUCache } from 'lru-cache';
import type { Cancellation } from '../../cancellation.ts';
import { HssError } from './errors.ts';
import type { OwnReason } from './failure-reasons.ts';
import { rememberedTenants, type Tenant } from './tenant.ts';

/** How a call ended: HSS answered, or was silent for too long. Null: no hint whether the tenant's calls end soon. */
export type CallEnd = 'answered' | 'silent' | null;

/** How a call that failed ended. */
export const endOfFailure = ({ kind, status, sent }: HssError): CallEnd =>
  status !== null ? 'answered' : kind === 'timeout' && sent ? 'silent' : null;

/** Gives a place back. */
export type Release = (end: CallEnd) => void;

/** A bulkhead: bounded concurrency with a bounded, fair queue. */
export interface Bulkhead {
  /** Rejects with an HssError for an unsent call: if the queue is full, or with the reason for its cancellation. */
  acquire(tenant: Tenant, cancellation: Cancellation<HssError>): Promise<Release>;
  /** Whether this many calls at once would fit in the queue, if none of them got a place right away. */
  hasRoom(tenant: Tenant, calls: number): boolean;
  waiting(): number;
}

interface Waiter {
  readonly tenant: Tenant;
  readonly start: () => void;
}

/**
 * At most `places` calls are under way, and at most `maxWaiting` wait; waiting tenants are served round-robin.
 *
 * A place is soon free again if HSS answers; if it is silent, nobody knows when. So tenants are on probation until HSS
 * answers them, and again from its next silence on: together they may hold half of the places, and one each of the next
 * quarter. Others may take all, except what dynamic thresholds (Choudhury and Hahne, 1998) keep free from any one
 * tenant or project: HSS may fall silent at any time.
 */
export function createBulkhead(places: number, maxWaiting: number): Bulkhead {
  const half = Math.ceil(places / 2);
  const threeQuarters = Math.max(half + 1, Math.floor(0.75 * places));
  let free = places;
  let heldOnProbation = 0;
  let waiting = 0;
  const heldByTenant = new Map<string, number>();
  const heldByProject = new Map<string, number>();
  const answered = new LRUCache<string, true>({ max: rememberedTenants, dispose: (_, key) => changeProbation(key) });
  /** Waiters by tenant, in serving order. Arrays, not Sets: see docs/decisions/0007 on maps of requests. */
  const queues = new Map<string, Waiter[]>();

  /** Puts a tenant on probation or, with -1, takes it off. */
  const changeProbation = (key: string, change: 1 | -1 = 1): void => {
    heldOnProbation += change * (heldByTenant.get(key) ?? 0);
  };

  const learn = (key: string, end: CallEnd): void => {
    if (end === 'silent') answered.delete(key);
    else if (end === 'answered' && answered.get(key) === undefined) {
      changeProbation(key, -1);
      answered.set(key, true);
    }
  };

  const mayTake = ({ projectId }: Tenant, key: string): boolean => {
    const own = heldByTenant.get(key) ?? 0;
    // On its own, a tenant can get four fifths of the places; a project of many tokens, nine tenths.
    if (own >= 4 * free || (heldByProject.get(projectId) ?? 0) >= 9 * free) return false;
    return answered.has(key) || heldOnProbation < (own === 0 ? threeQuarters : half);
  };

  const add = ({ projectId }: Tenant, key: string, change: 1 | -1): void => {
    free -= change;
    if (!answered.has(key)) heldOnProbation += change;
    addTo(heldByTenant, key, change);
    addTo(heldByProject, projectId, change);
  };

  const take = (tenant: Tenant, key: string): Release => {
    add(tenant, key, 1);
    let isHeld = true;
    return (end) => {
      if (!isHeld) return;
      isHeld = false;
      add(tenant, key, -1);
      learn(key, end);
      serve();
    };
  };

  const leave = (waiter: Waiter): void => {
    const key = waiter.tenant.key;
    const own = queues.get(key);
    const index = own?.indexOf(waiter) ?? -1;
    if (!own || index === -1) return;
    own.splice(index, 1);
    waiting -= 1;
    if (own.length === 0) queues.delete(key);
  };

  /** Gives free places to tenants round-robin. A served tenant moves to the end, where the loop reaches it again. */
  const serve = (): void => {
    for (const [key, own] of queues) {
      if (free === 0) return;
      const [next] = own;
      if (next === undefined || !mayTake(next.tenant, key)) continue;
      leave(next);
      if (queues.delete(key)) queues.set(key, own);
      next.start();
    }
  };

  return {
    waiting: () => waiting,
    hasRoom(tenant, calls) {
      const own = queues.get(tenant.key)?.length ?? 0;
      // As if they came one after the other: a tenant may fill at most half of the queue.
      return own + calls <= maxWaiting - waiting - calls + 1;
    },
    acquire(tenant, cancellation) {
      if (cancellation.reason) return Promise.reject(cancellation.reason);
      const key = tenant.key;
      if (mayTake(tenant, key)) return Promise.resolve(take(tenant, key));
      const own = queues.get(key) ?? [];
      // One tenant may fill at most half of the queue.
      if (own.length >= maxWaiting - waiting) return Promise.reject(queueFull());
      return new Promise((resolve, reject) => {
        const end = (): void => {
          cancellation.offCancel(onCancel);
          leave(waiter);
        };
        const waiter: Waiter = {
          tenant,
          start: () => {
            end();
            resolve(take(tenant, key));
          },
        };
        const onCancel = (reason: HssError): void => {
          end();
          reject(reason);
        };
        cancellation.onCancel(onCancel);
        own.push(waiter);
        queues.set(key, own);
        waiting += 1;
      });
    },
  };
}

/** The gateway's own fault, saying nothing about HSS; there may be room in a moment. */
export const queueFull = (): HssError =>
  new HssError('busy', { sent: false, reason: 'QUEUE_FULL' satisfies OwnReason, retryAfterSeconds: 1 });

function addTo(counts: Map<string, number>, key: string, change: number): void {
  const count = (counts.get(key) ?? 0) + change;
  if (count === 0) counts.delete(key);
  else counts.set(key, count);
}
