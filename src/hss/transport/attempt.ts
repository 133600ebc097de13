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

/** What is known of one attempt when it has ended. */
export interface AttemptRecord {
  readonly endpoint: Endpoint;
  /** HTTP status, or null where no answer came. */
  readonly status: number | null;
  readonly milliseconds: number;
  readonly isRetry: boolean;
  /** All who waited left, or had so little time that no answer says nothing of HSS. */
  readonly isGivenUp: boolean;
}

export interface AttemptOptions {
  readonly connections: Connections;
  /** Before the path of each call. */
  readonly basePath: string;
  readonly bulkhead: Bulkhead;
  readonly breakers: Breakers;
  readonly throttles: Throttles;
  readonly memory: Memory;
  /** Bounds one attempt, from its place to the last byte of the answer. */
  readonly timeoutMs: number;
  /** What an attempt has as a rule. */
  readonly usualMs: number;
  readonly echoOf: (operation: Operation) => IsEcho;
  readonly onAttempt: (attempt: AttemptRecord) => void;
  /** Told why an attempt had no answer, or was not made. */
  readonly onFailure: (reason: string) => void;
}

/** Whether anybody has a try left, and time for it. */
function mayTryAgain(flight: FlightState, error: HssError): boolean {
  const { pauseMs } = retryOf(flight, error);
  const at = performance.now() + pauseMs;
  return flight.tries < maxTries && [...flight.riders].some(({ wait }) => at < wait.deadline);
}

/** Makes the attempt of a call that a flight is; the operation that began it leads it. */
export type MakeAttempt = <T>(call: Call<T>, leader: Operation, flight: FlightState) => Promise<T>;

export function createMakeAttempt(options: AttemptOptions): MakeAttempt {
  const { connections, basePath, bulkhead, breakers, throttles, memory, echoOf } = options;

  /** The exchange with HSS, once there is a place for it. */
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
              ? // Who joins a read later may have more time.
                { timeoutMs: options.timeoutMs, cancellation: flight.cancellation, memory }
              : // A write on its way is let finish when its caller leaves: it may take effect all the same.
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
      // It may have been throttled while it waited for its place.
      throttles.admit(leader.tenant, call.endpoint);
      flight.isSent = true;
      return await send(call, leader, flight);
    } catch (caught) {
      end = caught instanceof HssError ? endOfFailure(caught) : null;
      if (!(caught instanceof HssError)) throw caught;
      const error = redactError(caught, echoOf(leader));
      if (error.reason !== null) options.onFailure(error.reason);
      // What is learnt of the token, before the place goes to a call that would be refused as well.
      if (error.kind === 'unauthenticated') for (const { token } of flight.riders) refuseToken(token, error);
      // One that a rider can wait out would stand in the way of its next try: calls.ts notes it where a call ends with it.
      if (isThrottled(error) && !mayTryAgain(flight, error))
        throttles.throttled(leader.tenant, call.endpoint, error.retryAfterSeconds);
      throw error;
    } finally {
      release?.(end);
    }
  };
}
