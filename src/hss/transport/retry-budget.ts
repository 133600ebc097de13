import { LRUCache } from 'lru-cache';
import type { KnownTenants } from './known-tenants.ts';
import { rememberedTenants, type Tenant } from './tenant.ts';

/**
 * First attempts pay for retries, so that an HSS in trouble gets at most a fifth more calls, not three times as many.
 * Each tenant has its own balance and a shared one, so that nobody spends the retries of others. Strangers share only
 * with strangers: invented tokens cannot spend the retries of tenants that HSS has answered.
 */
export interface RetryBudget {
  /** A call is tried for the first time. */
  deposit(tenant: Tenant): void;
  /** Pays for one retry, if it can. */
  withdraw(tenant: Tenant): boolean;
}

const depositOfAttempt = 0.2;
/** Enough for the retries of one large operation. */
const maxBalance = 100;
/** Enough for several large operations. */
const maxSharedBalance = 400;

export function createRetryBudget(known: KnownTenants): RetryBudget {
  const ofKnown = createLedger();
  const ofStrangers = createLedger();
  const ledgerOf = (tenant: Tenant): RetryBudget => (known.has(tenant) ? ofKnown : ofStrangers);
  return {
    deposit: (tenant) => ledgerOf(tenant).deposit(tenant),
    withdraw: (tenant) => ledgerOf(tenant).withdraw(tenant),
  };
}

interface Account {
  balance: number;
}

/** Accounts that start full, beside one that they share. */
function createLedger(): RetryBudget {
  const accounts = new LRUCache<string, Account>({ max: rememberedTenants });
  const shared: Account = { balance: maxSharedBalance };

  function accountOf(tenant: Tenant): Account {
    const key = tenant.key;
    const known = accounts.get(key);
    if (known) return known;
    const account = { balance: maxBalance };
    accounts.set(key, account);
    return account;
  }

  return {
    deposit(tenant) {
      const account = accountOf(tenant);
      account.balance = Math.min(maxBalance, account.balance + depositOfAttempt);
      shared.balance = Math.min(maxSharedBalance, shared.balance + depositOfAttempt);
    },
    withdraw(tenant) {
      const account = accountOf(tenant);
      if (account.balance < 1 || shared.balance < 1) return false;
      account.balance -= 1;
      shared.balance -= 1;
      return true;
    },
  };
}
