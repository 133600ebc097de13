import { createMakeAttempt, type AttemptRecord } from './attempt.ts';
import { createBreakers } from './breakers.ts';
import { queueFull, createBulkhead } from './bulkhead.ts';
import type { Call } from './call.ts';
import { createCalls } from './calls.ts';
import type { CircuitChange, OpenCircuits } from './circuit.ts';
import { createConnections } from './connections.ts';
import { createKnownTenants } from './known-tenants.ts';
import type { Memory } from './memory.ts';
import type { Operation } from './operation.ts';
import { createRedactor, type IsEcho } from './redact.ts';
import { createRetryBudget } from './retry-budget.ts';
import type { Tenant } from './tenant.ts';
import { createThrottles } from './throttles.ts';
import { createUnknownValues, type TellUnknownValue, type UnknownValues } from './unknown-values.ts';

export interface UpstreamOptions {
  /** HSS's origin, with a base path if it is behind a proxy. */
  readonly endpoint: URL;
  /** The proxy to reach HSS through, with its credentials; null: none. */
  readonly proxy: URL | null;
  /** The most calls under way at once, over all callers. */
  readonly connections: number;
  /** The most calls that wait for a place, over all callers. */
  readonly queue: number;
  /** Bounds one attempt, once it has its place, to the answer's last byte. */
  readonly timeoutMs: number;
  /** Bounds one operation's wait for attempts: operations that join one later may wait longer for it. */
  readonly operationTimeoutMs: number;
  readonly memory: Memory;
  readonly onAttempt: (attempt: AttemptRecord) => void;
  /** Told, once each, where HSS's answers depart from its documents. */
  readonly onUnknownValue: TellUnknownValue;
  /** Told why an attempt got no answer, or was not made: a code from failure-reasons.ts, or from the system. */
  readonly onFailure: (reason: string) => void;
  /** Told of circuits that open and close. */
  readonly onCircuit: (change: CircuitChange) => void;
}

/** The one HSS that a gateway talks to: its connections, and what keeps callers and HSS from harming each other. */
export interface Upstream {
  /** HSS for one operation. */
  begin(operation: Operation): OperationCalls;
  /** Calls that wait for a place. */
  waiting(): number;
  /** Throws an HssError if this many calls of a tenant would not fit in the queue. */
  requireRoom(tenant: Tenant, calls: number): void;
  state(): UpstreamState;
  close(): Promise<void>;
}

export interface OperationCalls {
  /** Resolves to the decoded answer, which other operations may share; rejects with an HssError. */
  call<T>(call: Call<T>): Promise<T>;
  /** Where answers depart from HSS's documents. */
  readonly unknownValues: UnknownValues;
}

export interface UpstreamState {
  /** See breakers.ts. */
  readonly isAnswering: boolean | null;
  readonly openCircuits: OpenCircuits;
  readonly waitingCalls: number;
  /** See memory.ts. */
  readonly heldBytes: number;
}

const maxConnectTimeoutMs = 5_000;

export function createUpstream(options: UpstreamOptions): Upstream {
  const connections = createConnections({
    origin: options.endpoint.origin,
    proxy: options.proxy,
    connectTimeoutMs: Math.min(maxConnectTimeoutMs, options.timeoutMs),
  });
  const usualMs = Math.min(options.timeoutMs, options.operationTimeoutMs);
  const bulkhead = createBulkhead(options.connections, options.queue);
  const known = createKnownTenants();
  const breakers = createBreakers({ timeoutMs: usualMs, known, onCircuit: options.onCircuit });
  const throttles = createThrottles();
  const unknownValuesOf = createUnknownValues(options.onUnknownValue);
  const echoOf = ({ token }: Operation): IsEcho => createRedactor([token(), options.endpoint.hostname]);
  const makeAttempt = createMakeAttempt({
    connections,
    basePath: options.endpoint.pathname.replace(/\/+$/, ''),
    bulkhead,
    breakers,
    throttles,
    memory: options.memory,
    timeoutMs: options.timeoutMs,
    usualMs,
    echoOf,
    onAttempt: options.onAttempt,
    onFailure: options.onFailure,
  });
  const callsOf = createCalls({
    makeAttempt,
    retryBudget: createRetryBudget(known),
    throttles,
    usualMs,
  });

  return {
    begin: (operation) => ({ call: callsOf(operation), unknownValues: unknownValuesOf(echoOf(operation)) }),
    waiting: () => bulkhead.waiting(),
    requireRoom(tenant, calls) {
      if (bulkhead.hasRoom(tenant, calls)) return;
      const error = queueFull();
      if (error.reason !== null) options.onFailure(error.reason);
      throw error;
    },
    state: () => ({
      isAnswering: breakers.isAnswering(),
      openCircuits: breakers.open(),
      waitingCalls: bulkhead.waiting(),
      heldBytes: options.memory.heldBytes(),
    }),
    close: () => connections.close(),
  };
}
