import { vi } from 'vitest';

/** What `check` gives, as soon as it does not throw. The limit is there to end a hang: the machines are slow at times. */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: 100_000 });
}
