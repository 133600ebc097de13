import { hash } from 'node:crypto';

/** Whose call it is. Both are fair-share keys: neither a slow token nor a slow project may starve the others. */
export interface Tenant {
  /** A digest of the caller's token: what outlives an operation remembers no token. */
  readonly tokenDigest: string;
  readonly projectId: string;
}

/** Once per operation: to hash a token of 32 KiB costs more than all else of a call. */
export function createTenant(token: string, projectId: string): Tenant {
  return { tokenDigest: hash('sha256', token, 'base64'), projectId };
}

/** A project id holds no blank. */
export const tenantKey = ({ tokenDigest, projectId }: Tenant): string => `${projectId} ${tokenDigest}`;

/** What a log calls the caller by: enough of the digest to find the lines of one, and nothing of the token. */
export const tokenName = ({ tokenDigest }: Tenant): string => tokenDigest.slice(0, 8);
