import type { SimulatedRow } from './hosts.ts';
import { toIgnoreKey } from './ignore-state.ts';

/** The key under which a write finds a row, or null for a row that no write can address. */
export function toRowKey(row: SimulatedRow): string | null {
  const { agent_id: agentId, port, type, container_id: containerId } = row;
  if (typeof agentId !== 'string' || typeof port !== 'number' || typeof type !== 'string') return null;
  return toIgnoreKey({ agentId, port, type, containerId: typeof containerId === 'string' ? containerId : '' });
}
