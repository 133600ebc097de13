import { LRUCache } from 'lru-cache';
import {
  countFailure,
  createCircuit,
  isToTrip,
  maxProbeMs,
  membershipsOf,
  trip,
  type Circuit,
  type CircuitChange,
  type Membership,
  type OpenCircuits,
} from './circuit.ts';
import { HssError } from './errors.ts';
import type { OwnReason } from './failure-reasons.ts';
import type { KnownTenants } from './known-tenants.ts';
import { maxTries } from './retry.ts';
import { rememberedTenants, type Tenant } from './tenant.ts';

/** An open circuit that nobody has probed for this long, because its callers are gone, is out of date. */
const forgottenAfterMs = 2 * maxProbeMs;

/**
 * Circuit breakers: one for HSS, one for each project, one for each token in a project. So a token whose calls time out
 * is refused without shutting out the others, while many failing ones open the circuit that they share.
 *
 * Written here, not taken from cockatiel: its breaker counts a refusal by HSS as neither success nor failure, counts a
 * probe whose caller left as a success, and has one circuit per policy, while these must be decided together.
 */
export interface Breakers {
  /** Throws the refusal at once if an attempt would not be let through now. */
  admit(tenant: Tenant): void;
  /** Unless refused, makes the attempt, which has `attemptTimeoutMs`, and learns from its outcome. */
  run<T>(tenant: Tenant, attemptTimeoutMs: number, attempt: () => Promise<T>): Promise<T>;
  /** How many circuits are open, by scope. One whose callers are gone for good is eventually forgotten. */
  open(): OpenCircuits;
  /** Whether HSS has answered any of the last attempts, of any caller; null before the first attempt. */
  isAnswering(): boolean | null;
}

/** HSS counts as silent after a call's worth of failures in a row. */
const failuresOfSilence = maxTries;

export interface BreakersOptions {
  /** An attempt's usual time limit. */
  readonly timeoutMs: number;
  /** Learns whom HSS has answered. Failures of others do not count in shared circuits: anyone can invent tokens. */
  readonly known: KnownTenants;
  /** Told when a circuit opens, or closes: by an answer, or because it is forgotten. */
  readonly onCircuit: (change: CircuitChange) => void;
  /** In milliseconds. */
  readonly clock?: { now(): number };
}

export function createBreakers({ timeoutMs, known, onCircuit, clock = performance }: BreakersOptions): Breakers {
  const report = (isOpen: boolean, { scope, project, token }: Membership): void =>
    onCircuit({ isOpen, scope, project, token });
  const circuits = new LRUCache<string, Circuit>({
    max: rememberedTenants,
    // A slow failure must not end after the one before it is forgotten.
    ttl: forgottenAfterMs + timeoutMs,
    perf: clock,
    ttlResolution: 0,
    dispose({ membership, probeAt }) {
      if (probeAt !== null) report(false, membership);
    },
  });

  /** Unanswered attempts since HSS's last answer; null before the first attempt. */
  let failuresInRow: number | null = null;

  const circuitsOf = (tenant: Tenant): Circuit[] =>
    circuits.size === 0
      ? []
      : membershipsOf(tenant)
          .map(({ key }) => circuits.get(key))
          .filter((circuit) => circuit !== undefined);

  function admit(tenant: Tenant): void {
    const now = clock.now();
    const waits = circuitsOf(tenant)
      .filter(({ probeAt, isProbing }) => isProbing || (probeAt !== null && now < probeAt))
      .map(({ probeAt }) => Math.max(1, Math.ceil(((probeAt ?? now) - now) / 1000)));
    if (waits.length > 0) {
      throw new HssError('unavailable', {
        sent: false,
        retryAfterSeconds: Math.max(...waits),
        reason: 'CIRCUIT_OPEN' satisfies OwnReason,
      });
    }
  }

  function answered(tenant: Tenant): void {
    failuresInRow = 0;
    if (circuits.size === 0) return;
    for (const { key } of membershipsOf(tenant)) circuits.delete(key);
  }

  function failed(tenant: Tenant, { sent }: HssError): void {
    failuresInRow = (failuresInRow ?? 0) + 1;
    // No caller can fake a failed connection.
    const isWitness = !sent || known.has(tenant);
    for (const membership of membershipsOf(tenant)) {
      const { key, members } = membership;
      if (members.length > 0 && !isWitness) continue;
      const circuit = circuits.get(key) ?? createCircuit(membership, clock.now());
      // Set each time, to be remembered from its last failure on.
      circuits.set(key, circuit);
      countFailure(circuit, members, sent);
      if (!isToTrip(circuit, clock.now())) continue;
      if (circuit.probeAt === null) report(true, membership);
      trip(circuit, clock.now());
    }
  }

  return {
    admit,
    async run(tenant, attemptTimeoutMs, attempt) {
      admit(tenant);
      const open = circuitsOf(tenant).filter(({ probeAt }) => probeAt !== null);
      // A tenant whose own circuit is open probes only that one: the others probe the shared ones.
      const own = open.filter(({ failedMembers }) => failedMembers.length === 0);
      const probed = own.length > 0 ? own : open;
      for (const circuit of probed) circuit.isProbing = true;
      try {
        const value = await attempt();
        known.add(tenant);
        answered(tenant);
        return value;
      } catch (error) {
        if (error instanceof HssError && countsAsEvidence(error, attemptTimeoutMs, timeoutMs)) {
          if (isOutage(error)) failed(tenant, error);
          else answered(tenant);
        }
        throw error;
      } finally {
        // A probe that showed nothing, because its caller left or ran out of time, makes way for the next one.
        for (const circuit of probed) circuit.isProbing = false;
      }
    },
    open() {
      circuits.purgeStale();
      const counts = { hss: 0, project: 0, token: 0 };
      for (const { membership, probeAt } of circuits.values()) if (probeAt !== null) counts[membership.scope] += 1;
      return counts;
    },
    isAnswering: () => (failuresInRow === null ? null : failuresInRow < failuresOfSilence),
  };
}

/**
 * Whether the failure of an attempt, which had `attemptTimeoutMs` of the usual `timeoutMs`, says anything about HSS. It
 * does not if the caller left, or if the operation had little time left.
 */
export function countsAsEvidence({ kind, status }: HssError, attemptTimeoutMs: number, timeoutMs: number): boolean {
  return kind !== 'caller-left' && (kind !== 'timeout' || status !== null || attemptTimeoutMs >= timeoutMs / 2);
}

/** HSS did not answer, or the gateway in front of it says that HSS does not. Any other answer shows HSS is alive. */
function isOutage({ kind, status }: HssError): boolean {
  if (kind !== 'timeout' && kind !== 'unavailable') return false;
  return status === null || status === 502 || status === 503 || status === 504;
}
