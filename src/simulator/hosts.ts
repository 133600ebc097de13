import { createHash } from 'node:crypto';
import type { HostFault } from './host-faults.ts';

/** A row of the list in HSS's own shape. It is sent unchanged, so it may lack fields or have unknown ones. */
export type SimulatedRow = Readonly<Record<string, unknown>>;

/** Rows, or a function that provides them on each call. */
export type RowSource = readonly SimulatedRow[] | (() => readonly SimulatedRow[] | Promise<readonly SimulatedRow[]>);

/** A server that the simulator knows; adding one with the same id replaces it. */
export interface SimulatedHost {
  readonly hostId: string;
  /** Its purpose, for its line on the front page. */
  readonly about?: string;
  /** Default: the id. */
  readonly hostName?: string;
  /** Default: 192.168.0.1. */
  readonly hostIp?: string;
  /** The agent that its rows name; lets writes for other agents skip the host without reading its rows. */
  readonly agentId?: string;
  /** Default: `0`, the default enterprise project. */
  readonly enterpriseProjectId?: string;
  /** Default: found under every project id. */
  readonly projectId?: string;
  /** Its own rows (category `host`). */
  readonly rows?: RowSource;
  /** What happens to calls that HSS would obey, unless one of the simulator's own faults comes first. */
  readonly faults?: readonly HostFault[];
  /** The rows of its containers (category `container`). */
  readonly containerRows?: RowSource;
}

/** The rows of one category of a host. */
export async function readRows(host: SimulatedHost, category: string): Promise<readonly SimulatedRow[]> {
  const source = category === 'container' ? host.containerRows : host.rows;
  if (source === undefined) return [];
  return typeof source === 'function' ? source() : source;
}

/** The agent id of a simulated host: 64 hex digits, the same in every run. */
export function toAgentId(hostId: string): string {
  return createHash('sha256').update(hostId).digest('hex');
}
