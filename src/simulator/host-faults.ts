import type { Fault } from './faults.ts';
import type { SimulatedHost } from './hosts.ts';
import type { RecordedCall } from './recorder.ts';

/** A fault of one host: it affects reads of its list, and writes that name its agent. */
export type HostFault = Omit<Fault, 'times'>;

/** The first matching fault of a call's hosts; null if there is none. */
export function findHostFault(call: RecordedCall, hosts: ReadonlyMap<string, SimulatedHost>): HostFault | null {
  const faults = addressedHosts(call, hosts).flatMap((host) => host.faults ?? []);
  return faults.find(({ when }) => when?.(call) ?? true) ?? null;
}

/** Whether a call reads a list. */
export function isRead({ method }: RecordedCall): boolean {
  return method === 'GET';
}

/** Matches reads that reach this row, counted from 0, or one after it. */
export function readsFrom(row: number): (call: RecordedCall) => boolean {
  return (call) => isRead(call) && Number(call.query.offset ?? 0) + Number(call.query.limit ?? 10) > row;
}

/** Matches writes that name a port with this number. */
export function writesPort(port: number): (call: RecordedCall) => boolean {
  return (call) => targetsOf(call).some((target) => target.port === port);
}

function addressedHosts(call: RecordedCall, hosts: ReadonlyMap<string, SimulatedHost>): readonly SimulatedHost[] {
  if (isRead(call)) {
    const host = hosts.get(call.query.host_id ?? '');
    return host ? [host] : [];
  }
  const agents = new Set(targetsOf(call).map((target) => target.agent_id));
  return [...hosts.values()].filter(({ agentId }) => agentId !== undefined && agents.has(agentId));
}

interface Target {
  readonly agent_id?: unknown;
  readonly port?: unknown;
}

function targetsOf({ body }: RecordedCall): readonly Target[] {
  const { data_list: list } = (body ?? {}) as { readonly data_list?: unknown };
  return Array.isArray(list) ? (list as readonly Target[]) : [];
}
