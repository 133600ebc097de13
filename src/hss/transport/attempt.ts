import { isSpanContextValid } from '@opentelemetry/api';
import { inChildSpan } from '../../span.ts';
import { countsAsEvidence, type Breakers } from './breakers.ts';
import { endOfFailure, type Bulkhead, type CallEnd, type Release } from './bulkhead.ts';
import type { Call } from './call.ts';
import { callSpan, withTrace } from './call-span.ts';
import type { Connections } from './connections.ts';
import { isRead, type Endpoint } from './endpoint.ts';
import { HssError } from './errors.ts';
import { exchange } from './exchange.ts';
import type { FlightState } from './flight.ts';
import type { Memory } from './memory.ts';
import { countAttempt, type Operation } from './operation.ts';
import { redactError, type IsEcho } from './redact.ts';
import { decodeResponse } from './response.ts';
import { isThrottled, maxTries, retryOf } from './retry.ts';
import type { Throttles } from './throttles.ts';
import { refuseToken } from './token-state.ts';

/** What is known about an attempt that has ended. */
export interface AttemptRecord {
  readonly endpoint: Endpoint;
  /** HTTP status, or null if no answer came. */
  readonly status: number | null;
  readonly milliseconds: number;
  readonly isRetry: boolean;
  /** All riders left, or had too little time for the failure to say anything of HSS. */
  readonly isGivenUp: boolean;
}

export interface AttemptOptions {
  readonly connections: Connections;
  /** Prefix of each call's path. */
  readonly basePath: string;
  readonly bulkhead: Bulkhead;
  readonly breakers: Breakers;
  readonly throttles: Throttles;
  readonly memory: Memory;
  /** Bounds one attempt, once it has its place, to the answer's last byte. */
  readonly timeoutMs: number;
  /** An attempt's usual time limit. */
  readonly usualMs: number;
  readonly echoOf: (operation: Operation) => IsEcho;
  readonly onAttempt: (attempt: AttemptRecord) => void;
  /** Told why an attempt got no answer, or was not made. */
  readonly onFailure: (reason: string) => void;
}

/** Whether a try is left, and a rider has time for it. */
function mayTryAgain(flight: FlightState, error: HssError): boolean {
  const { pauseMs } = retryOf(flight, error);
  const at = performance.now() + pauseMs;
  return flight.tries < maxTries && [...flight.riders].some(({ wait }) => at < wait.deadline);
}

/** Makes a flight's attempt of a call; `leader` is the operation that began the flight. */
export type MakeAttempt = <T>(call: Call<T>, leader: Operation, flight: FlightState) => Promise<T>;

export function createMakeAttempt(options: AttemptOptions): MakeAttempt {
  const { connections, basePath, bulkhead, breakers, throttles, memory, echoOf } = options;

  /** The exchange with HSS, once it has its place. */
  function send<T>(call: Call<T>, leader: Operation, flight: FlightState): Promise<T> {
    const { endpoint, path, headers, body, decode } = call;
    const startedAt = performance.now();
    let deadline = startedAt;
    for (const { wait } of flight.riders) deadline = Math.max(deadline, wait.deadline);
    const attemptTimeoutMs = Math.min(options.timeoutMs, deadline - startedAt);
    return breakers.run(leader.tenant, attemptTimeoutMs, () =>
      inChildSpan(callSpan(endpoint, flight.tries), async (span) => {
        if (isSpanContextValid(span.spanContext())) flight.span = span.spanContext();
        let isGivenUp = false;
        countAttempt(leader.cost, endpoint, flight.tries > 1);
        try {
          const answer = await exchange(
            connections,
            { method: endpoint.method, path: basePath + path, headers: withTrace(headers), body },
            isRead(endpoint)
              ? // Riders who join a read later may have more time.
                { timeoutMs: options.timeoutMs, cancellation: flight.cancellation, memory }
              : // A write under way finishes even if its caller leaves: it may take effect anyway.
                { timeoutMs: attemptTimeoutMs, cancellation: null, memory },
          );
          flight.status = answer.status;
          return decodeResponse(answer, decode);
        } catch (error) {
          isGivenUp = error instanceof HssError && !countsAsEvidence(error, attemptTimeoutMs, options.usualMs);
          throw error;
        } finally {
          const { status, tries } = flight;
          if (status !== null) span.setAttribute('http.response.status_code', status);
          const milliseconds = performance.now() - startedAt;
          const ended = { endpoint, status, milliseconds, isRetry: tries > 1, isGivenUp };
          options.onAttempt(ended);
          leader.cost.upstreamMilliseconds += milliseconds;
        }
      }),
    );
  }

  return async (call, leader, flight) => {
    let release: Release | null = null;
    let end: CallEnd = 'answered';
    try {
      breakers.admit(leader.tenant);
      release = await bulkhead.acquire(leader.tenant, flight.cancellation);
      if (flight.cancellation.reason) throw flight.cancellation.reason;
      // The token may have been throttled during that wait.
      throttles.admit(leader.tenant, call.endpoint);
      flight.isSent = true;
      return await send(call, leader, flight);
    } catch (caught) {
      end = caught instanceof HssError ? endOfFailure(caught) : null;
      if (!(caught instanceof HssError)) throw caught;
      const error = redactError(caught, echoOf(leader));
      if (error.reason !== null) options.onFailure(error.reason);
      // Before the place goes to another call with this token, which would be refused as well.
      if (error.kind === 'unauthenticated') for (const { token } of flight.riders) refuseToken(token, error);
      // A throttle that a rider can wait out would block its next try; calls.ts notes it if the call fails with it.
      if (isThrottled(error) && !mayTryAgain(flight, error))
        throttles.throttled(leader.tenant, call.endpoint, error.retryAfterSeconds);
      throw error;
    } finally {
      release?.(end);
    }
  };
}
