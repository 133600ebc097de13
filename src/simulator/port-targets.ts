import type { IgnoreTarget } from './ignore-state.ts';
import { Refusal } from './refusal.ts';

/** The body of a write, within its documented bounds. */
export interface PortStatusRequest {
  /** Null if `operate_type` is left out, which is allowed and changes nothing. */
  readonly operateType: 'ignore' | 'not_ignore' | null;
  readonly targets: readonly IgnoreTarget[];
}

/** Reads the body of a write. A value out of bounds is refused as HSS.0001, a body that is not an object as HSS.0002. */
export function readPortStatusRequest(body: unknown): PortStatusRequest {
  if (!isRecord(body)) throw new Refusal('HSS.0002');
  const operateType = body.operate_type ?? null;
  if (operateType !== null && operateType !== 'ignore' && operateType !== 'not_ignore') throw new Refusal('HSS.0001');
  const list = body.data_list ?? [];
  if (!Array.isArray(list) || list.length > 200) throw new Refusal('HSS.0001');
  return { operateType, targets: list.map(readTarget) };
}

function readTarget(value: unknown): IgnoreTarget {
  if (!isRecord(value)) throw new Refusal('HSS.0001');
  const port = value.port;
  const type = value.port_type;
  if (typeof port !== 'number' || !Number.isInteger(port) || port < 0 || port > 2_147_483_647) {
    throw new Refusal('HSS.0001');
  }
  if (type !== 'TCP' && type !== 'UDP') throw new Refusal('HSS.0001');
  readText(value.host_id ?? '');
  return { agentId: readText(value.agent_id), port, type, containerId: readText(value.container_id ?? '') };
}

function readText(value: unknown): string {
  if (typeof value !== 'string' || value.length > 64) throw new Refusal('HSS.0001');
  return value;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
