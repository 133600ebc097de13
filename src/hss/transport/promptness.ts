import { LRUCache } from 'lru-cache';
import { tenantKey, type Tenant } from './tenant.ts';

/** Tells whose calls end soon: one of them did within the last second, and none is under way for so long. */
export interface Promptness {
  isKnown(tenant: Tenant): boolean;
  /** A call begins; the function that is given back says that it has ended. */
  begin(tenant: Tenant): () => void;
}

const promptMs = 1_000;
/** Tenants are chosen by callers: only so many are remembered. */
const rememberedTenants = 3_000;

interface CallsOfTenant {
  /** The oldest first. */
  readonly underWay: Set<{ readonly begunAt: number }>;
  /** When the last call ended that had been prompt. */
  endedAt: number;
}

export function createPromptness(clock: { now(): number }): Promptness {
  const tenants = new LRUCache<string, CallsOfTenant>({ max: rememberedTenants });

  return {
    isKnown(tenant) {
      const calls = tenants.get(tenantKey(tenant));
      if (!calls) return false;
      const [oldest] = calls.underWay;
      const since = clock.now() - promptMs;
      return calls.endedAt > since && (oldest?.begunAt ?? Infinity) > since;
    },
    begin(tenant) {
      const key = tenantKey(tenant);
      const calls = tenants.get(key) ?? { underWay: new Set<{ begunAt: number }>(), endedAt: -Infinity };
      tenants.set(key, calls);
      const call = { begunAt: clock.now() };
      calls.underWay.add(call);
      return () => {
        calls.underWay.delete(call);
        if (clock.now() - call.begunAt < promptMs) calls.endedAt = clock.now();
      };
    },
  };
}
