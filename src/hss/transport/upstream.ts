import { setTimeout as sleep } from 'node:timers/promises';
import type { Span } from '@opentelemetry/api';
import { inChildSpan } from '../../span.ts';
import { countsAsEvidence, createBreakers } from './breakers.ts';
import type { CircuitChange, OpenCircuits } from './circuit.ts';
import { callSpan, withTrace } from './call-span.ts';
import { createConnections } from './connections.ts';
import { createRedactor, redactError, type IsEcho } from './redact.ts';
import { isRead, type Endpoint } from './endpoint.ts';
import { HssError } from './errors.ts';
import { exchange, type Exchange } from './exchange.ts';
import { createBulkhead, endOfFailure, type CallEnd, type Release } from './bulkhead.ts';
import { createKnownTenants } from './known-tenants.ts';
import { countAttempt, spend, type Operation } from './operation.ts';
import { decodeResponse } from './response.ts';
import { isThrottled, mayRetry, pauseMs } from './retry.ts';
import { createRetryBudget } from './retry-budget.ts';
import { createUnknownValues, type TellUnknownValue, type UnknownValues } from './unknown-values.ts';

export interface UpstreamOptions {
  /** Origin of HSS, with a base path where a proxy stands before it. */
  readonly endpoint: URL;
  /** HSS is reached through it, with the credentials in it; null: directly. */
  readonly proxy: URL | null;
  /** The most calls under way at once, over all callers. */
  readonly connections: number;
  /** The most calls that wait for a place, over all callers. */
  readonly queue: number;
  /** Bounds one attempt, from its place to the last byte of the answer. */
  readonly timeoutMs: number;
  readonly onAttempt?: (attempt: Attempt) => void;
  /** Told, once each, where the answers of HSS leave its documents. */
  readonly onUnknownValue?: TellUnknownValue;
  /** Told why an attempt had no answer, or was not made: a code of failure-reasons.ts, or another of the system's. */
  readonly onFailure?: (reason: string) => void;
  /** Told of circuits that open and close. */
  readonly onCircuit?: (change: CircuitChange) => void;
}

/** What is known of one attempt when it has ended. */
export interface Attempt {
  readonly endpoint: Endpoint;
  /** HTTP status, or null where no answer came. */
  readonly status: number | null;
  readonly milliseconds: number;
  readonly isRetry: boolean;
  /** The caller left, or had so little time that no answer says nothing of HSS. */
  readonly isGivenUp: boolean;
}

export interface Call<T> extends Omit<Exchange, 'method'> {
  readonly endpoint: Endpoint;
  /** The JSON of a 2xx answer (undefined for an empty body) to its value; null where it is not the documented one. */
  readonly decode: (json: unknown) => T | null;
}

/** The one HSS that a gateway speaks to: its connections, and what keeps callers and HSS from harming each other. */
export interface Upstream {
  /** Resolves to the decoded answer; rejects with an HssError. */
  call<T>(call: Call<T>, operation: Operation): Promise<T>;
  /** Where answers to a caller leave HSS's documents. */
  unknownValuesOf(operation: Operation): UnknownValues;
  state(): UpstreamState;
  close(): Promise<void>;
}

export interface UpstreamState {
  readonly openCircuits: OpenCircuits;
  readonly waitingCalls: number;
}

const maxAttempts = 3;
const maxConnectTimeoutMs = 5_000;

export function createUpstream(options: UpstreamOptions): Upstream {
  const basePath = options.endpoint.pathname.replace(/\/+$/, '');
  const connections = createConnections({
    origin: options.endpoint.origin,
    proxy: options.proxy,
    connectTimeoutMs: Math.min(maxConnectTimeoutMs, options.timeoutMs),
  });
  const bulkhead = createBulkhead(options.connections, options.queue);
  const known = createKnownTenants();
  const breakers = createBreakers({ timeoutMs: options.timeoutMs, known, onCircuit: options.onCircuit });
  const retryBudget = createRetryBudget(known);

  const unknownValues = createUnknownValues((details, message) => options.onUnknownValue?.(details, message));
  const echoOf = ({ token }: Operation): IsEcho => createRedactor([token(), options.endpoint.hostname]);

  const report = (error: unknown): void => {
    if (error instanceof HssError && error.reason !== null) options.onFailure?.(error.reason);
  };

  async function attempt<T>(
    call: Call<T>,
    operation: Operation,
    { timeoutMs, isRetry, span }: { timeoutMs: number; isRetry: boolean; span: Span },
  ): Promise<T> {
    const { endpoint, path, headers, body } = call;
    const start = performance.now();
    let status: number | null = null;
    let isGivenUp = false;
    try {
      const answer = await exchange(
        connections,
        { method: endpoint.method, path: basePath + path, headers: withTrace(headers), body },
        {
          timeoutMs,
          // A write on its way is let finish when its caller leaves: it may take effect all the same.
          signal: isRead(endpoint) ? operation.wait.signal : null,
        },
      );
      ({ status } = answer);
      span.setAttribute('http.response.status_code', status);
      return decodeResponse(answer, call.decode);
    } catch (error) {
      if (!(error instanceof HssError)) throw error;
      isGivenUp = !countsAsEvidence(error, timeoutMs, options.timeoutMs);
      throw redactError(error, echoOf(operation));
    } finally {
      const ended = { endpoint, status, milliseconds: performance.now() - start, isRetry, isGivenUp };
      options.onAttempt?.(ended);
      countAttempt(operation.cost, ended);
    }
  }

  return {
    async call(call, operation) {
      const { tenant, cost } = operation;
      const { signal, deadline } = operation.wait;
      spend(cost, call);
      retryBudget.deposit(tenant);
      for (let attempts = 1; ; attempts++) {
        let release: Release;
        let end: CallEnd = 'answered';
        try {
          breakers.admit(tenant);
          release = await bulkhead.acquire(tenant, { waitMs: deadline - performance.now(), signal });
        } catch (refusal) {
          report(refusal);
          throw refusal;
        }
        const timeoutMs = Math.min(options.timeoutMs, deadline - performance.now());
        let error: unknown;
        try {
          return await breakers.run(tenant, timeoutMs, () =>
            inChildSpan(...callSpan(call.endpoint, attempts), (span) =>
              attempt(call, operation, { timeoutMs, isRetry: attempts > 1, span }),
            ),
          );
        } catch (caught) {
          error = caught;
          end = caught instanceof HssError ? endOfFailure(caught) : null;
          report(error);
        } finally {
          release(end);
        }
        if (!(error instanceof HssError) || attempts === maxAttempts || !mayRetry(error, isRead(call.endpoint)))
          throw error;
        const waitMs = pauseMs(error, attempts);
        if (performance.now() + waitMs >= deadline || !retryBudget.withdraw(tenant)) throw error;
        // What HSS has throttled has not happened, whoever waits for it.
        const sent = error.sent && !isThrottled(error);
        await sleep(waitMs, undefined, { signal }).catch(() => {
          throw new HssError('caller-left', { sent });
        });
      }
    },
    unknownValuesOf: (operation) => unknownValues(echoOf(operation)),
    state: () => ({ openCircuits: breakers.open(), waitingCalls: bulkhead.waiting() }),
    close: () => connections.close(),
  };
}
