import { LRUCache } from 'lru-cache';
import { rememberedTenants, type Tenant } from './tenant.ts';

/** Tenants that HSS has answered with a 2xx. Anyone can invent others. */
export interface KnownTenants {
  add(tenant: Tenant): void;
  has(tenant: Tenant): boolean;
}

export function createKnownTenants(): KnownTenants {
  const keys = new LRUCache<string, true>({ max: rememberedTenants });
  return {
    add({ key }) {
      if (!keys.get(key)) keys.set(key, true);
    },
    has: (tenant) => keys.has(tenant.key),
  };
}
