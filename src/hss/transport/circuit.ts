import { tokenName, type Tenant } from './tenant.ts';

/** What a circuit stands for: HSS as a whole, a project, or a token in a project. */
export const circuitScopes = ['hss', 'project', 'token'] as const;
export type CircuitScope = (typeof circuitScopes)[number];
export type OpenCircuits = Readonly<Record<CircuitScope, number>>;

/** A circuit that has opened or closed. `token` is part of the token's digest, as in the log. */
export interface CircuitChange {
  readonly isOpen: boolean;
  readonly scope: CircuitScope;
  readonly project: string | null;
  readonly token: string | null;
}

/** A tenant's part in a circuit. */
export interface Membership extends Omit<CircuitChange, 'isOpen'> {
  readonly key: string;
  /** Who this tenant is among those who share the circuit, several of whom must have failed. Empty for its own. */
  readonly members: readonly string[];
}

/** The failures in a row of what a circuit stands for. What works has none, and needs no circuit. */
export interface Circuit {
  /** Of the tenant that failed first. */
  readonly membership: Membership;
  failures: number;
  /** How many of them never reached HSS; once open, since it last opened. */
  unsent: number;
  /** When the first came. */
  readonly since: number;
  /** Which of its members have failed, in each way of sharing; once open, since it last opened. */
  readonly failedMembers: readonly Set<string>[];
  trips: number;
  /** When a probe may go out; null while the circuit is closed. */
  probeAt: number | null;
  isProbing: boolean;
}

/** This many attempts in a row must fail … */
const failuresToOpen = 25;
/** … over at least this long: a handful of connections cut at once is no outage. */
const minOutageMs = 500;
/**
 * A shared circuit opens only if this many of those who share it fail, or if no connection to HSS can be made. HSS as a
 * whole is shared by callers and by projects; both are counted, as a caller may name any project.
 */
const minFailedMembers = 3;
/** The first probe goes out after a second, each later one after twice as long, up to half a minute. */
const firstProbeMs = 1_000;
export const maxProbeMs = 30_000;

/** From the circuit that all share to the tenant's own. */
export function membershipsOf(tenant: Tenant): Membership[] {
  const { tokenDigest, projectId } = tenant;
  return [
    { scope: 'hss', project: null, token: null, key: '', members: [projectId, tokenDigest] },
    { scope: 'project', project: projectId, token: null, key: projectId, members: [tokenDigest] },
    { scope: 'token', project: projectId, token: tokenName(tenant), key: tenant.key, members: [] },
  ];
}

export const createCircuit = (membership: Membership, now: number): Circuit => ({
  membership,
  failures: 0,
  unsent: 0,
  since: now,
  failedMembers: membership.members.map(() => new Set<string>()),
  trips: 0,
  probeAt: null,
  isProbing: false,
});

export function countFailure(circuit: Circuit, members: readonly string[], isSent: boolean): void {
  circuit.failures += 1;
  if (!isSent) circuit.unsent += 1;
  for (const [index, failed] of circuit.failedMembers.entries()) {
    if (failed.size < minFailedMembers) failed.add(members[index] as string);
  }
}

/** An open circuit trips again once its probes have failed: for a shared one, those of several who share it. */
export function isToTrip({ failedMembers, unsent, failures, since, probeAt }: Circuit, now: number): boolean {
  const isFailing = failedMembers.every(({ size }) => size >= minFailedMembers);
  if (probeAt !== null) return now >= probeAt && (isFailing || unsent > 0);
  const isLasting = failures >= failuresToOpen && now - since >= minOutageMs;
  return isLasting && (isFailing || unsent >= failuresToOpen);
}

export function trip(circuit: Circuit, now: number): void {
  circuit.probeAt = now + Math.min(firstProbeMs * 2 ** circuit.trips, maxProbeMs);
  circuit.trips += 1;
  circuit.unsent = 0;
  for (const failed of circuit.failedMembers) failed.clear();
}
