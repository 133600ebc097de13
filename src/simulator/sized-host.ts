import { generateRows } from './generated-rows.ts';
import type { SimulatedHost, SimulatedRow } from './hosts.ts';
import { toAgentId } from './hosts.ts';

/** A host with `count` generated ports, created when they are first read. */
export function sizedHost(hostId: string, hostIp: string, count: number): SimulatedHost {
  const agentId = toAgentId(hostId);
  let rows: readonly SimulatedRow[] | null = null;
  return {
    hostId,
    hostName: `ecs-${hostId}`,
    hostIp,
    agentId,
    about: `${count.toLocaleString('en')} generated ports`,
    rows: () => (rows ??= generateRows(hostId, agentId, count)),
  };
}
