import { LRUCache } from 'lru-cache';
import { HssError } from './errors.ts';
import type { OwnReason } from './failure-reasons.ts';
import { tenantKey, tokenName, type Tenant } from './tenant.ts';

/** So many attempts in a row must fail … */
const failuresToOpen = 25;
/** … over so long a time: a handful of connections cut at once is no outage. */
const minOutageMs = 500;
/**
 * What is shared opens only when so many of those who share it fail, or when no connection to HSS can be made. HSS as a
 * whole is shared by callers and by projects, and a caller may name any project: both are counted.
 */
const minSuspects = 3;
/** The first probe goes out after a second, each next one after twice the time, up to half a minute. */
const firstProbeMs = 1_000;
const maxProbeMs = 30_000;
/** An open circuit that nobody has probed for so long, because its callers are gone, says nothing of today. */
const forgottenAfterMs = 2 * maxProbeMs;
/** Project ids and tokens are chosen by callers: only so many are remembered. */
const rememberedCircuits = 3_000;

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
  /** Makes the attempt, which has `givenMs`, unless it is refused, and learns from its outcome. */
  run<T>(tenant: Tenant, givenMs: number, attempt: () => Promise<T>): Promise<T>;
  /** How many circuits are open, by what they stand for. One whose callers are gone for good is forgotten in time. */
  open(): OpenCircuits;
}

/** What a circuit stands for: HSS as a whole, a project, or a token in a project. */
export const circuitScopes = ['hss', 'project', 'token'] as const;
export type CircuitScope = (typeof circuitScopes)[number];
export type OpenCircuits = Readonly<Record<CircuitScope, number>>;

/** A circuit that has opened or closed; of the token, as of whom the log speaks, a part of its digest. */
export interface CircuitChange {
  readonly isOpen: boolean;
  readonly scope: CircuitScope;
  readonly project: string | null;
  readonly token: string | null;
}

/** The failures in a row of whatever a circuit stands for. One that works has none, and needs no circuit. */
interface Circuit {
  readonly scope: Scope;
  failures: number;
  /** How many of them never reached HSS; once open, since it last opened. */
  unsent: number;
  /** When the first came. */
  readonly since: number;
  /** Who has failed of those who share it, in each way of sharing; once open, since it last opened. */
  readonly suspects: readonly Set<string>[];
  trips: number;
  /** When a probe may go out; null while the circuit is closed. */
  probeAt: number | null;
  isProbing: boolean;
}

interface Scope extends Omit<CircuitChange, 'isOpen'> {
  readonly key: string;
  /** Who of those who share the circuit makes the attempt, in each way of sharing; nobody shares it where there is none. */
  readonly sharers: readonly string[];
}

export interface BreakersOptions {
  /** What an attempt has as a rule. */
  readonly timeoutMs: number;
  /** Told of circuits that open and close: by an answer, or because they are forgotten. */
  readonly onCircuit?: ((change: CircuitChange) => void) | undefined;
  /** Tells milliseconds. */
  readonly clock?: { now(): number };
}

export function createBreakers({ timeoutMs, onCircuit, clock = performance }: BreakersOptions): Breakers {
  const report = (isOpen: boolean, { scope, project, token }: Scope): void =>
    onCircuit?.({ isOpen, scope, project, token });
  const circuits = new LRUCache<string, Circuit>({
    max: rememberedCircuits,
    // A slow failure must not outlast the memory of the one before it.
    ttl: forgottenAfterMs + timeoutMs,
    perf: clock,
    dispose({ scope, probeAt }) {
      if (probeAt !== null) report(false, scope);
    },
  });

  const circuitsOf = (tenant: Tenant): Circuit[] =>
    circuits.size === 0
      ? []
      : scopesOf(tenant)
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

  function succeeded(tenant: Tenant): void {
    if (circuits.size === 0) return;
    for (const { key } of scopesOf(tenant)) circuits.delete(key);
  }

  function failed(tenant: Tenant, { sent }: HssError): void {
    for (const scope of scopesOf(tenant)) {
      const { key, sharers } = scope;
      const circuit = circuits.get(key) ?? createCircuit(clock.now(), scope);
      // Anew each time: it is remembered from its last failure on.
      circuits.set(key, circuit);
      circuit.failures += 1;
      if (!sent) circuit.unsent += 1;
      for (const [index, suspects] of circuit.suspects.entries()) {
        if (suspects.size < minSuspects) suspects.add(sharers[index] as string);
      }
      if (!isToTrip(circuit)) continue;
      if (circuit.probeAt === null) report(true, scope);
      trip(circuit, clock.now());
    }
  }

  /** One that is open trips anew once its probes have failed: for what is shared, those of several who share it. */
  function isToTrip({ suspects, unsent, failures, since, probeAt }: Circuit): boolean {
    const isSuspect = suspects.every(({ size }) => size >= minSuspects);
    if (probeAt !== null) return clock.now() >= probeAt && (isSuspect || unsent > 0);
    const isLasting = failures >= failuresToOpen && clock.now() - since >= minOutageMs;
    return isLasting && (isSuspect || unsent >= failuresToOpen);
  }

  return {
    admit,
    async run(tenant, givenMs, attempt) {
      admit(tenant);
      const open = circuitsOf(tenant).filter(({ probeAt }) => probeAt !== null);
      // Whose own circuit is open tells little of what others share, and is not to keep them from probing that.
      const own = open.filter(({ suspects }) => suspects.length === 0);
      const probed = own.length > 0 ? own : open;
      for (const circuit of probed) circuit.isProbing = true;
      try {
        const value = await attempt();
        succeeded(tenant);
        return value;
      } catch (error) {
        if (error instanceof HssError && countsAsEvidence(error, givenMs, timeoutMs)) {
          if (isOutage(error)) failed(tenant, error);
          else succeeded(tenant);
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
      for (const { scope, probeAt } of circuits.values()) if (probeAt !== null) counts[scope.scope] += 1;
      return counts;
    },
  };
}

/**
 * Whether the failure of an attempt, which had `givenMs` of the `timeoutMs` that it has as a rule, says anything of HSS.
 * Neither a caller who left does nor one whose operation had little time left.
 */
export function countsAsEvidence({ kind, status }: HssError, givenMs: number, timeoutMs: number): boolean {
  return kind !== 'caller-left' && (kind !== 'timeout' || status !== null || givenMs >= timeoutMs / 2);
}

/** From what all share to what is the tenant's alone. */
function scopesOf(tenant: Tenant): Scope[] {
  const { tokenDigest, projectId } = tenant;
  return [
    { scope: 'hss', project: null, token: null, key: '', sharers: [projectId, tokenDigest] },
    { scope: 'project', project: projectId, token: null, key: projectId, sharers: [tokenDigest] },
    { scope: 'token', project: projectId, token: tokenName(tenant), key: tenantKey(tenant), sharers: [] },
  ];
}

const createCircuit = (now: number, scope: Scope): Circuit => ({
  scope,
  failures: 0,
  unsent: 0,
  since: now,
  suspects: scope.sharers.map(() => new Set<string>()),
  trips: 0,
  probeAt: null,
  isProbing: false,
});

function trip(circuit: Circuit, now: number): void {
  circuit.probeAt = now + Math.min(firstProbeMs * 2 ** circuit.trips, maxProbeMs);
  circuit.trips += 1;
  circuit.unsent = 0;
  for (const suspects of circuit.suspects) suspects.clear();
}

/** HSS did not answer, or the gateway in front of it says that HSS does not. Any other answer shows that it lives. */
function isOutage({ kind, status }: HssError): boolean {
  if (kind !== 'timeout' && kind !== 'unavailable') return false;
  return status === null || status === 502 || status === 503 || status === 504;
}
