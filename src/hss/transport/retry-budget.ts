import { LRUCache } from 'lru-cache';
import type { KnownTenants } from './known-tenants.ts';
import { rememberedTenants, type Tenant } from './tenant.ts';

/**
 * Retries are paid for by first attempts, so that an HSS in trouble gets a fifth more calls at most, not thrice as many.
 * Each tenant has a balance of its own and one that it shares: nobody spends the retries of the others. Strangers share
 * with strangers alone: whoever invents tokens spends nothing of those whom HSS has answered.
 */
export interface RetryBudget {
  /** A call is tried for the first time. */
  deposit(tenant: Tenant): void;
  /** Whether one retry could be paid. */
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

/** Accounts that are full at first, beside one that they share. */
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
