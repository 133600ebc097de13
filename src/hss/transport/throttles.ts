import { LRUCache } from 'lru-cache';
import type { Endpoint } from './endpoint.ts';
import { HssError } from './errors.ts';
import { rememberedTenants, type Tenant } from './tenant.ts';

/** Remembers for which tokens HSS throttles an endpoint: another call would only be throttled, and counted. */
export interface Throttles {
  /** Throws an HssError if the call must not be sent now. */
  admit(tenant: Tenant, endpoint: Endpoint): void;
  /** A call was still throttled when its tries ended; null: HSS did not say for how long. */
  throttled(tenant: Tenant, endpoint: Endpoint, retryAfterSeconds: number | null): void;
}

/** HSS throttles for seconds to minutes. */
const guessedSeconds = 5;
/** No longer than this, whatever HSS says. */
const maxSeconds = 600;

/** `clock` is in milliseconds. */
export function createThrottles(clock: { now(): number } = performance): Throttles {
  /** When each throttle ends. */
  const throttles = new LRUCache<string, number>({ max: rememberedTenants, perf: clock, ttlResolution: 0 });
  const keyOf = ({ tokenDigest }: Tenant, { name }: Endpoint): string => `${name} ${tokenDigest}`;
  const leftMs = (key: string): number => (throttles.get(key) ?? 0) - clock.now();

  return {
    admit(tenant, endpoint) {
      if (throttles.size === 0) return;
      const left = leftMs(keyOf(tenant, endpoint));
      if (left > 0) throw new HssError('rate-limited', { sent: false, retryAfterSeconds: Math.ceil(left / 1000) });
    },
    throttled(tenant, endpoint, retryAfterSeconds) {
      const key = keyOf(tenant, endpoint);
      const forMs = Math.min(retryAfterSeconds ?? guessedSeconds, maxSeconds) * 1000;
      // The longest that HSS has said counts.
      if (forMs > leftMs(key)) throttles.set(key, clock.now() + forMs, { ttl: forMs });
    },
  };
}
