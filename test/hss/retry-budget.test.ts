import { describe, expect, it } from 'vitest';
import { createKnownTenants } from '../../src/hss/transport/known-tenants.ts';
import { createRetryBudget, type RetryBudget } from '../../src/hss/transport/retry-budget.ts';
import type { Tenant } from '../../src/hss/transport/tenant.ts';
import { tenantOf } from '../support/tenant.ts';

describe('the balance of retries', () => {
  const known = createKnownTenants();
  const tenant = tenantOf('t', 'p');
  known.add(tenant);
  const withdrawAll = (budget: RetryBudget, whose: Tenant): number => {
    let retries = 0;
    while (budget.withdraw(whose)) retries += 1;
    return retries;
  };

  it('is filled by first attempts, of which five pay for one retry', () => {
    const budget = createRetryBudget(known);
    expect(withdrawAll(budget, tenant)).toBe(100);
    for (let attempt = 0; attempt < 50; attempt++) budget.deposit(tenant);
    expect(withdrawAll(budget, tenant)).toBeGreaterThanOrEqual(9);
    for (let attempt = 0; attempt < 10_000; attempt++) budget.deposit(tenant);
    expect(withdrawAll(budget, tenant)).toBe(100);
  });

  it('that all share is 400, and another one for strangers', () => {
    const budget = createRetryBudget(known);
    const strangers = Array.from({ length: 50 }, (_, index) => tenantOf(`t${index}`, `p${index}`));
    const spent = strangers.map((stranger) => withdrawAll(budget, stranger));
    const fourSpend = [...Array<number>(4).fill(100), ...Array<number>(46).fill(0)];
    expect(spent).toEqual(fourSpend);
    for (const stranger of strangers) known.add(stranger);
    const spentAsKnown = strangers.map((stranger) => withdrawAll(budget, stranger));
    expect(spentAsKnown).toEqual(fourSpend);
  });

  it('is of each tenant', () => {
    const budget = createRetryBudget(known);
    for (const whose of [tenantOf('stranger', 'p'), tenantOf('another', 'p'), tenant]) {
      expect(withdrawAll(budget, whose)).toBe(100);
    }
  });

  it('grows by no more than is spent', () => {
    const budget = createRetryBudget(known);
    for (let attempt = 0; attempt < 100; attempt++) budget.deposit(tenant);
    expect(withdrawAll(budget, tenant)).toBe(100);
    for (let attempt = 0; attempt < 4; attempt++) budget.deposit(tenant);
    expect(budget.withdraw(tenant)).toBe(false);
    for (let attempt = 0; attempt < 2; attempt++) budget.deposit(tenant);
    expect(withdrawAll(budget, tenant)).toBe(1);
  });

  it('that all share is filled by all, and by no more than it was', () => {
    const budget = createRetryBudget(known);
    const tenants = Array.from({ length: 7 }, (_, index) => tenantOf(`t${index}`, 'shared'));
    for (const one of tenants) known.add(one);
    for (let attempt = 0; attempt < 1_000; attempt++) budget.deposit(tenants[0]!);
    expect(tenants.slice(0, 5).map((one) => withdrawAll(budget, one))).toEqual([100, 100, 100, 100, 0]);
    // The last two have spent nothing, and share what the first one's attempts have brought.
    for (let attempt = 0; attempt < 50; attempt++) budget.deposit(tenants[0]!);
    const spent = withdrawAll(budget, tenants[5]!) + withdrawAll(budget, tenants[6]!);
    expect(spent).toBeGreaterThanOrEqual(9);
    expect(spent).toBeLessThanOrEqual(10);
  });
});
