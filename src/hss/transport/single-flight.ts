import type { Flight } from './flight.ts';
import type { Tenant } from './tenant.ts';

/**
 * Equal reads that are under way at the same time are one call: the first begins it, the others join. Nothing is kept
 * after the call has ended: this is no cache.
 */
export interface SingleFlight {
  /** The flight of an equal read that is under way, else the one that `begin` begins. `path`: with its query. */
  board(tenant: Tenant, path: string, begin: () => Flight<unknown>): Boarding<unknown>;
  /** From now on nobody joins a flight of this project that has begun; who has joined it goes on. */
  detach(projectId: string): void;
}

export interface Boarding<T> {
  readonly flight: Flight<T>;
  /** Whether somebody else has begun it. */
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
    // Another one may have come instead.
    if (entries?.get(key) !== entry) return;
    entries.delete(key);
    if (entries.size === 0) projects.delete(projectId);
  }

  return {
    board({ projectId, tokenDigest }, path, begin) {
      // A digest holds no blank.
      const key = `${tokenDigest} ${path}`;
      const known = projects.get(projectId)?.get(key)?.flight;
      if (known?.cancellation.reason === null) return { flight: known, isShared: true };
      const flight = begin();
      const entry: Entry = { flight };
      const entries = projects.get(projectId) ?? new Map<string, Entry>();
      projects.set(projectId, entries.set(key, entry));
      // The first to hear of its end, so that nobody who hears of it later finds it here.
      const forgetThis = (): void => forget(projectId, key, entry);
      flight.answer.then(forgetThis, forgetThis);
      return { flight, isShared: false };
    },
    detach(projectId) {
      projects.delete(projectId);
    },
  };
}
