import { hash } from 'node:crypto';

/** Whose call it is. Both are fair-share keys: neither a slow token nor a slow project may starve the others. */
export interface Tenant {
  /** A digest of the caller's token: what outlives an operation remembers no token. */
  readonly tokenDigest: string;
  readonly projectId: string;
  /** Both in one: what is kept for a tenant is kept under it. */
  readonly key: string;
}

/** Once per operation: to hash a token of 32 KiB costs more than all else of a call. */
export function createTenant(token: string, projectId: string): Tenant {
  const tokenDigest = hash('sha256', token, 'base64');
  // A project id holds no blank.
  return { tokenDigest, projectId, key: `${projectId} ${tokenDigest}` };
}

/**
 * Tokens and project ids are chosen by callers: whatever is kept for them is kept for so many, and no more. Each memory
 * answers a question of its own, and forgets on its own terms:
 * - known-tenants: has HSS ever answered the tenant with a 2xx?
 * - retry-budget: how many retries has it saved? For tenants that are known, and apart from them for strangers.
 * - bulkhead: has HSS answered it at all since it was silent last?
 * - breakers: how many attempts have failed in a row, of HSS, of a project, of a tenant?
 * - throttles: until when does HSS throttle the token at an endpoint, whatever the project?
 */
export const rememberedTenants = 3_000;

/** What a log calls the caller by: enough of the digest to find the lines of one, and nothing of the token. */
export const tokenName = ({ tokenDigest }: Tenant): string => tokenDigest.slice(0, 8);
