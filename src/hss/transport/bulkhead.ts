import { LRUCache } from 'lru-cache';
import type { Cancellation } from '../../cancellation.ts';
import { HssError } from './errors.ts';
import type { OwnReason } from './failure-reasons.ts';
import { rememberedTenants, type Tenant } from './tenant.ts';

/** How a call ended, where that tells whether its tenant's calls end soon: HSS answered, or was silent for too long. */
export type CallEnd = 'answered' | 'silent' | null;

/** What the failure of a call tells of that. */
export const endOfFailure = ({ kind, status, sent }: HssError): CallEnd =>
  status !== null ? 'answered' : kind === 'timeout' && sent ? 'silent' : null;

/** Gives a place back. */
export type Release = (end: CallEnd) => void;

/** A bulkhead: bounded concurrency with a bounded, fair queue. */
export interface Bulkhead {
  /** Rejects with an HssError of a call that was not sent: where the queue is full, or with the reason of its cancellation. */
  acquire(tenant: Tenant, cancellation: Cancellation<HssError>): Promise<Release>;
  /** Whether so many calls at once would find room in the queue, if none of them had a place at once. */
  hasRoom(tenant: Tenant, calls: number): boolean;
  waiting(): number;
}

interface Waiter {
  readonly tenant: Tenant;
  readonly start: () => void;
}

/**
 * `places` calls at most are under way at once, and `maxWaiting` wait at most; waiting tenants are served round-robin.
 *
 * A place is soon free again where HSS answers, and nobody knows when where it is silent. So tenants are on probation
 * until HSS answers them, and again from its next silence on: together they hold half of the places, and of the next
 * quarter one each. The others may have all, but for what dynamic thresholds (Choudhury and Hahne, 1998) keep free of one
 * tenant or of one project: HSS may fall silent at any time.
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
  /** Waiters by tenant, whoever is served next first. Arrays, not Sets: see docs/decisions/0007 on maps of requests. */
  const queues = new Map<string, Waiter[]>();

  /** Puts a tenant on probation, or, with -1, takes it off. */
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
    // Alone, a tenant comes to four fifths of the places, and a project of many tokens to nine tenths.
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

  /** Gives free places to the tenants round-robin. Who has been served goes to the end, where the loop comes by again. */
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
      // As each would find it, one after the other: a tenant fills half of the queue at the most.
      return own + calls <= maxWaiting - waiting - calls + 1;
    },
    acquire(tenant, cancellation) {
      if (cancellation.reason) return Promise.reject(cancellation.reason);
      const key = tenant.key;
      if (mayTake(tenant, key)) return Promise.resolve(take(tenant, key));
      const own = queues.get(key) ?? [];
      // One tenant fills half of the queue at the most.
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

/** The gateway's own fault, and no sign of HSS's health; there may be room in a moment. */
export const queueFull = (): HssError =>
  new HssError('busy', { sent: false, reason: 'QUEUE_FULL' satisfies OwnReason, retryAfterSeconds: 1 });

function addTo(counts: Map<string, number>, key: string, change: number): void {
  const count = (counts.get(key) ?? 0) + change;
  if (count === 0) counts.delete(key);
  else counts.set(key, count);
}
