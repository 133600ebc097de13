import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { AttemptRecord } from '../hss/transport/attempt.ts';
import { circuitScopes, type CircuitChange } from '../hss/transport/circuit.ts';
import { endpointNames } from '../hss/transport/endpoint.ts';
import { ownReasons, reasonLabel } from '../hss/transport/failure-reasons.ts';
import type { UpstreamState } from '../hss/transport/upstream.ts';

/** Prometheus metrics of what happens between the gateway and HSS. */
export interface UpstreamMetrics {
  onAttempt(attempt: AttemptRecord): void;
  /** A call to HSS had no answer, or was not made, for this reason. */
  onFailure(reason: string): void;
  onCircuit(change: CircuitChange): void;
}

/** For calls and operations alike, in seconds. */
export const durationBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25];

export function createUpstreamMetrics(registry: Registry, stateOf: () => UpstreamState): UpstreamMetrics {
  const registers = [registry];
  const calls = new Histogram({
    name: 'hss_gateway_upstream_call_duration_seconds',
    help: 'HTTP calls to HSS, retries included, by endpoint and status class; 429 by itself, none if no answer came, given-up if the caller left or had too little time left for one.',
    labelNames: ['endpoint', 'status'] as const,
    buckets: durationBuckets,
    registers,
  });
  const retries = new Counter({
    name: 'hss_gateway_upstream_retries_total',
    help: 'HTTP calls to HSS that repeat a failed one.',
    labelNames: ['endpoint'] as const,
    registers,
  });
  const failures = new Counter({
    name: 'hss_gateway_upstream_failures_total',
    help: "Calls to HSS without an answer, retries included, by reason: a code of the system or of TLS, the gateway's own (QUEUE_FULL, QUEUE_TIMEOUT: it is overloaded; CIRCUIT_OPEN, RESPONSE_TIMEOUT, PROXY_REFUSED), or other.",
    labelNames: ['reason'] as const,
    registers,
  });
  // A counter that only appears with its first event looks to Prometheus as if nothing had happened.
  for (const endpoint of endpointNames) retries.inc({ endpoint }, 0);
  for (const reason of ownReasons) failures.inc({ reason }, 0);

  new Gauge({
    name: 'hss_gateway_breakers_open',
    help: 'Circuits whose calls to HSS are currently refused, by scope: hss as a whole, a project, or a token in a project.',
    labelNames: ['scope'] as const,
    registers,
    collect() {
      for (const scope of circuitScopes) this.set({ scope }, stateOf().openCircuits[scope]);
    },
  });
  const openings = new Counter({
    name: 'hss_gateway_breaker_openings_total',
    help: 'Circuits that opened, by scope.',
    labelNames: ['scope'] as const,
    registers,
  });
  for (const scope of circuitScopes) openings.inc({ scope }, 0);
  new Gauge({
    name: 'hss_gateway_upstream_waiting',
    help: 'Calls to HSS that wait for a place.',
    registers,
    collect() {
      this.set(stateOf().waitingCalls);
    },
  });
  new Gauge({
    name: 'hss_gateway_held_bytes',
    help: 'Answers of HSS that are held, and responses made of them that have not been sent, in bytes as estimated.',
    registers,
    collect() {
      this.set(stateOf().heldBytes);
    },
  });

  return {
    onAttempt(attempt) {
      const endpoint = attempt.endpoint.name;
      calls.observe({ endpoint, status: statusLabel(attempt) }, attempt.milliseconds / 1000);
      if (attempt.isRetry) retries.inc({ endpoint });
    },
    onCircuit({ isOpen, scope }) {
      if (isOpen) openings.inc({ scope });
    },
    onFailure: (reason) => failures.inc({ reason: reasonLabel(reason) }),
  };
}

/** Throttling has its own label: it is the one refusal that the gateway's own load can cause. */
function statusLabel({ status, isGivenUp }: AttemptRecord): string {
  if (isGivenUp) return 'given-up';
  if (status === null) return 'none';
  return status === 429 ? '429' : `${Math.floor(status / 100)}xx`;
}
