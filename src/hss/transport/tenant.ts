import { hash } from 'node:crypto';

/** Whose call it is. Token and project are both fair-share keys: no slow one may starve the others. */
export interface Tenant {
  /** A digest of the caller's token: nothing that outlives an operation keeps a token. */
  readonly tokenDigest: string;
  readonly projectId: string;
  /** Both in one: whatever is kept per tenant has this key. */
  readonly key: string;
}

/** Once per operation: hashing a token of 32 KiB costs more than the rest of a call. */
export function createTenant(token: string, projectId: string): Tenant {
  const tokenDigest = hash('sha256', token, 'base64');
  // A project id contains no space.
  return { tokenDigest, projectId, key: `${projectId} ${tokenDigest}` };
}

/**
 * Callers choose tokens and project ids, so whatever is kept for them is kept for at most this many. Each memory
 * answers a question of its own, and forgets on its own terms:
 * - known-tenants: has HSS ever answered the tenant with a 2xx?
 * - retry-budget: how many retries has it saved? Known tenants and strangers are kept apart.
 * - bulkhead: has HSS answered it at all since it last was silent?
 * - breakers: how many attempts in a row have failed, for HSS, a project or a tenant?
 * - throttles: until when does HSS throttle the token at an endpoint, in any project?
 */
export const rememberedTenants = 3_000;

/** The caller's name in logs: enough of the digest to find one caller's lines, and nothing of the token. */
export const tokenName = ({ tokenDigest }: Tenant): string => tokenDigest.slice(0, 8);
