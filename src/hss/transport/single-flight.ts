import type { Flight } from './flight.ts';
import type { Tenant } from './tenant.ts';

/**
 * Equal reads under way at the same time are one call: the first begins it, the others join. Nothing is kept after the
 * call has ended: this is not a cache.
 */
export interface SingleFlight {
  /** The flight of an equal read that is under way, else a new one from `begin`. `path` includes the query. */
  board(tenant: Tenant, path: string, begin: () => Flight<unknown>): Boarding<unknown>;
  /** From now on, no call joins a flight of this project that has begun; its riders stay. */
  detach(projectId: string): void;
}

export interface Boarding<T> {
  readonly flight: Flight<T>;
  /** Whether another call has begun it. */
  readonly isShared: boolean;
}

/** Emptied when the flight ends: see docs/decisions/0007 on maps of requests. */
interface Entry {
  flight: Flight<unknown> | null;
}

export function createSingleFlight(): SingleFlight {
  const projects = new Map<string, Map<string, Entry>>();

  function forget(projectId: string, key: string, entry: Entry): void {
    entry.flight = null;
    const entries = projects.get(projectId);
    // Another may have replaced it.
    if (entries?.get(key) !== entry) return;
    entries.delete(key);
    if (entries.size === 0) projects.delete(projectId);
  }

  return {
    board({ projectId, tokenDigest }, path, begin) {
      // A digest contains no space.
      const key = `${tokenDigest} ${path}`;
      const known = projects.get(projectId)?.get(key)?.flight;
      if (known?.cancellation.reason === null) return { flight: known, isShared: true };
      const flight = begin();
      const entry: Entry = { flight };
      const entries = projects.get(projectId) ?? new Map<string, Entry>();
      projects.set(projectId, entries.set(key, entry));
      // Attached first, so that nobody who learns of its end still finds it here.
      const forgetThis = (): void => forget(projectId, key, entry);
      flight.answer.then(forgetThis, forgetThis);
      return { flight, isShared: false };
    },
    detach(projectId) {
      projects.delete(projectId);
    },
  };
}
