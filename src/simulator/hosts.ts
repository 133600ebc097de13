import { createHash } from 'node:crypto';
import type { HostFault } from './host-faults.ts';

/** A row of the list in HSS's own shape. It is sent as it is, so it may lack fields or carry unknown ones. */
export type SimulatedRow = Readonly<Record<string, unknown>>;

/** Rows, or a way to come by them that is asked at each call. */
export type RowSource = readonly SimulatedRow[] | (() => readonly SimulatedRow[] | Promise<readonly SimulatedRow[]>);

/** A server that the simulator knows; adding one with the id of another replaces it. */
export interface SimulatedHost {
  readonly hostId: string;
  /** What it is there for, in a line of the front page. */
  readonly about?: string;
  /** Default: the id. */
  readonly hostName?: string;
  /** Default: 192.168.0.1. */
  readonly hostIp?: string;
  /** The agent its rows name, which spares writes a look at other hosts' rows. */
  readonly agentId?: string;
  /** Default: `0`, the default enterprise project. */
  readonly enterpriseProjectId?: string;
  /** Default: to be found under every project id. */
  readonly projectId?: string;
  /** Its own rows (category `host`). */
  readonly rows?: RowSource;
  /** What befalls calls that HSS would obey, unless a fault of the simulator's comes first. */
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

/** The agent id of a host of ours: 64 hex digits, the same in every run. */
export function toAgentId(hostId: string): string {
  return createHash('sha256').update(hostId).digest('hex');
}
