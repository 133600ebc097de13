import type { OpenPortRowFragment } from '../graphql/generated/graphql.ts';

/** Why HSS cannot be told to ignore a row without `ignoreKey`. */
export function whyNot({ protocol, agentId, port }: OpenPortRowFragment): string {
  if (protocol === 'TCP6' || protocol === 'UDP6') return `HSS ignores TCP and UDP, not ${protocol}`;
  if (agentId == null) return 'HSS names no agent';
  if (protocol == null) return 'HSS names no protocol';
  return port == null ? 'HSS names no port' : 'HSS cannot address it';
}
