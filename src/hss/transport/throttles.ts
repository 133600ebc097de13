import { LRUCache } from 'lru-cache';
import type { Endpoint } from './endpoint.ts';
import { rememberedTenants, type Tenant } from './tenant.ts';

/** Remembers for which tokens HSS throttles an endpoint: to ask again would only be throttled, and counted. */
export interface Throttles {
  /** Whole seconds for which the endpoint is not to be asked with this token; null: it may be asked. */
  secondsLeft(tenant: Tenant, endpoint: Endpoint): number | null;
  /** A call was throttled for as long as it was tried again. HSS's word on when to come again goes before our guess. */
  throttled(tenant: Tenant, endpoint: Endpoint, retryAfterSeconds: number | null): void;
  /** A call was answered in another way. */
  passed(tenant: Tenant, endpoint: Endpoint): void;
}

/** HSS's windows last seconds to minutes. Without its word: so long at first, twice as long each time after … */
const firstPauseMs = 5_000;
const maxPauseMs = 60_000;
/** … and where it names a time, no longer than this. */
const maxNamedPauseMs = 600_000;

interface Throttle {
  readonly until: number;
  /** How long it was guessed to last. */
  readonly pauseMs: number;
}

/** `clock` tells milliseconds. */
export function createThrottles(clock: { now(): number } = performance): Throttles {
  const throttles = new LRUCache<string, Throttle>({ max: rememberedTenants, perf: clock, ttlResolution: 0 });
  const keyOf = ({ tokenDigest }: Tenant, { name }: Endpoint): string => `${name} ${tokenDigest}`;

  return {
    secondsLeft(tenant, endpoint) {
      if (throttles.size === 0) return null;
      const leftMs = (throttles.get(keyOf(tenant, endpoint))?.until ?? 0) - clock.now();
      return leftMs > 0 ? Math.ceil(leftMs / 1000) : null;
    },
    throttled(tenant, endpoint, retryAfterSeconds) {
      const key = keyOf(tenant, endpoint);
      const now = clock.now();
      const known = throttles.get(key);
      const isInForce = known !== undefined && now < known.until;
      let pauseMs = known?.pauseMs ?? firstPauseMs;
      // One throttle meets many calls at once: only what comes after it makes it longer.
      if (known && !isInForce) pauseMs = Math.min(2 * pauseMs, maxPauseMs);
      const forMs = retryAfterSeconds ? Math.min(retryAfterSeconds * 1000, maxNamedPauseMs) : pauseMs;
      const until = isInForce && !retryAfterSeconds ? known.until : Math.max(known?.until ?? 0, now + forMs);
      // Long enough to see whether it goes on.
      throttles.set(key, { until, pauseMs }, { ttl: until - now + maxPauseMs });
    },
    passed(tenant, endpoint) {
      if (throttles.size === 0) return;
      const key = keyOf(tenant, endpoint);
      const known = throttles.get(key);
      // One in force may be younger than the call.
      if (known && known.until <= clock.now()) throttles.delete(key);
    },
  };
}
