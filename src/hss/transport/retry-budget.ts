import { LRUCache } from 'lru-cache';
import { tenantKey, type Tenant } from './tenant.ts';

/**
 * Retries are paid for by first attempts, so that an HSS in trouble gets a fifth more calls at most, not thrice as many.
 * Each tenant pays from a purse of its own and from one that all share: nobody spends the retries of the others.
 */
export interface RetryBudget {
  earn(tenant: Tenant): void;
  /** Whether one retry could be paid. */
  spend(tenant: Tenant): boolean;
}

const earnedByAttempt = 0.2;
/** What a quiet tenant has saved: enough for the retries of one large operation. */
const maxSaved = 100;
/** What a quiet gateway has saved: enough for several such. */
const maxSavedByAll = 4 * maxSaved;
/** Tenants are chosen by callers: only so many are remembered. */
const rememberedTenants = 3_000;

interface Purse {
  saved: number;
}

export function createRetryBudget(): RetryBudget {
  const purses = new LRUCache<string, Purse>({ max: rememberedTenants });
  const common: Purse = { saved: maxSavedByAll };

  function purseOf(tenant: Tenant): Purse {
    const key = tenantKey(tenant);
    const purse = purses.get(key) ?? { saved: maxSaved };
    purses.set(key, purse);
    return purse;
  }

  return {
    earn(tenant) {
      const purse = purseOf(tenant);
      purse.saved = Math.min(maxSaved, purse.saved + earnedByAttempt);
      common.saved = Math.min(maxSavedByAll, common.saved + earnedByAttempt);
    },
    spend(tenant) {
      const purse = purseOf(tenant);
      if (purse.saved < 1 || common.saved < 1) return false;
      purse.saved -= 1;
      common.saved -= 1;
      return true;
    },
  };
}
