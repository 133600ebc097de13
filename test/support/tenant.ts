import type { Tenant } from '../../src/hss/transport/tenant.ts';

/** A tenant by a digest that no token has. */
export const tenantOf = (tokenDigest: string, projectId: string): Tenant => ({
  tokenDigest,
  projectId,
  key: `${projectId} ${tokenDigest}`,
});
