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
  if (agentId === null || port === null) return refuse('HSS cannot ignore a port without an agent and a port number.');
  if (protocolText !== 'TCP' && protocolText !== 'UDP') return refuse('HSS can ignore only TCP and UDP ports.');
  if ([agentId, containerId, hostId].some((id) => id !== null && id.length > maxWrittenIdLength))
    return refuse(`HSS accepts agent, container and server ids of at most ${maxWrittenIdLength} characters.`);
  return { agentId, port, protocol: protocolText, containerId, hostId };
}

/** Opaque to clients. Equal for all rows that one ignore affects; null if HSS cannot be told to ignore the row. */
export function toIgnoreKey(target: PortTarget | RefusedPort): string | null {
  return isRefused(target) ? null : Buffer.from(targetKey(target)).toString('base64url');
}
