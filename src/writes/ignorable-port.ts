import { protocols } from '../hss/list-ports.ts';
import type { PortTarget } from '../hss/modify-port-status.ts';
import { isRefused, targetKey, type RefusedPort } from './port-change.ts';
import { maxWrittenIdLength } from '../hss/bounds.ts';

/** A port as HSS lists it, or as a client names it. */
export interface NamedPort {
  readonly agentId: string | null;
  readonly port: number | null;
  /** HSS's own word. */
  readonly protocolText: string | null;
  readonly containerId: string | null;
  readonly hostId: string | null;
}

/** What HSS is told of a port, or why it is not. */
export function toTarget(named: NamedPort): PortTarget | RefusedPort {
  const { agentId, port, protocolText, containerId, hostId } = named;
  const refuse = (refusal: string): RefusedPort => ({
    ...{ agentId, port, containerId, hostId, refusal },
    protocol: protocols.find((protocol) => protocol === protocolText) ?? null,
  });
  if (agentId === null || port === null) return refuse('HSS cannot be told of a port without agent and port number.');
  if (protocolText !== 'TCP' && protocolText !== 'UDP') return refuse('HSS can be told of TCP and UDP ports alone.');
  if ([agentId, containerId, hostId].some((id) => id !== null && id.length > maxWrittenIdLength))
    return refuse(`HSS takes ids of agents, containers and servers of ${maxWrittenIdLength} characters at most.`);
  return { agentId, port, protocol: protocolText, containerId, hostId };
}

/** Opaque to clients. Equal for all rows that one ignore affects; null if HSS cannot be told to ignore the row. */
export function toIgnoreKey(target: PortTarget | RefusedPort): string | null {
  return isRefused(target) ? null : Buffer.from(targetKey(target)).toString('base64url');
}
