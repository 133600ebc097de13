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

/** An open circuit that nobody has probed for so long, because its callers are gone, says nothing of today. */
const forgottenAfterMs = 2 * maxProbeMs;

/**
 * Circuit breakers: one for HSS, one for each project, one for each token in a project. So a token whose calls time out
 * is refused without shutting out the others, while many that fail shut the circuit that they share.
 *
 * Written here, not taken from cockatiel: its breaker counts a refusal by HSS neither as life nor as failure, takes a
 * probe whose caller left for a success, and has one circuit a policy, where these must be decided on together.
 */
export interface Breakers {
  /** Throws the refusal, at once, where an attempt would not be let through now. */
  admit(tenant: Tenant): void;
  /** Makes the attempt, which has `attemptTimeoutMs`, unless it is refused, and learns from its outcome. */
  run<T>(tenant: Tenant, attemptTimeoutMs: number, attempt: () => Promise<T>): Promise<T>;
  /** How many circuits are open, by what they stand for. One whose callers are gone for good is forgotten in time. */
  open(): OpenCircuits;
  /** Whether HSS has answered any of the last attempts, whoever asked; null where it has not been asked yet. */
  isAnswering(): boolean | null;
}

/** HSS is silent after as many failures in a row as a call is tried. */
const failuresOfSilence = maxTries;

export interface BreakersOptions {
  /** What an attempt has as a rule. */
  readonly timeoutMs: number;
  /** Learns whom HSS has answered. Failures of the others do not count against a shared circuit: anybody can invent tokens. */
  readonly known: KnownTenants;
  /** Told of circuits that open and close: by an answer, or because they are forgotten. */
  readonly onCircuit: (change: CircuitChange) => void;
  /** Tells milliseconds. */
  readonly clock?: { now(): number };
}

export function createBreakers({ timeoutMs, known, onCircuit, clock = performance }: BreakersOptions): Breakers {
  const report = (isOpen: boolean, { scope, project, token }: Membership): void =>
    onCircuit({ isOpen, scope, project, token });
  const circuits = new LRUCache<string, Circuit>({
    max: rememberedTenants,
    // A slow failure must not outlast the memory of the one before it.
    ttl: forgottenAfterMs + timeoutMs,
    perf: clock,
    ttlResolution: 0,
    dispose({ membership, probeAt }) {
      if (probeAt !== null) report(false, membership);
    },
  });

  /** Attempts since HSS's last answer that had none; null before the first attempt. */
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
    // Nobody can invent a connection that is not made.
    const isWitness = !sent || known.has(tenant);
    for (const membership of membershipsOf(tenant)) {
      const { key, members } = membership;
      if (members.length > 0 && !isWitness) continue;
      const circuit = circuits.get(key) ?? createCircuit(membership, clock.now());
      // Anew each time: it is remembered from its last failure on.
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
      // A tenant whose own circuit is open probes that alone: what others share is for them to probe.
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
        // A probe that told nothing, because its caller left or had no time left, makes room for the next one.
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
 * Whether the failure of an attempt, which had `attemptTimeoutMs` of the `timeoutMs` that it has as a rule, says anything of HSS.
 * Neither a caller who left does nor one whose operation had little time left.
 */
export function countsAsEvidence({ kind, status }: HssError, attemptTimeoutMs: number, timeoutMs: number): boolean {
  return kind !== 'caller-left' && (kind !== 'timeout' || status !== null || attemptTimeoutMs >= timeoutMs / 2);
}

/** HSS did not answer, or the gateway in front of it says that HSS does not. Any other answer shows that it lives. */
function isOutage({ kind, status }: HssError): boolean {
  if (kind !== 'timeout' && kind !== 'unavailable') return false;
  return status === null || status === 502 || status === 503 || status === 504;
}
