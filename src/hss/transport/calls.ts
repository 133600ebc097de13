import type { Cancellation } from '../../cancellation.ts';
import { linkActiveSpan } from '../../span.ts';
import type { MakeAttempt } from './attempt.ts';
import type { Call } from './call.ts';
import { isRead, type Endpoint } from './endpoint.ts';
import { HssError } from './errors.ts';
import { createFlight, type Flight } from './flight.ts';
import { beginRecord, endRecord, spend, type CallRecord, type Operation } from './operation.ts';
import type { RetryBudget } from './retry-budget.ts';
import { isThrottled, maxTries, mayHaveHappened, mayRetry, retryOf } from './retry.ts';
import { createSingleFlight, type Boarding } from './single-flight.ts';
import type { Throttles } from './throttles.ts';
import { createTokenState } from './token-state.ts';

/** Builds an operation's calls from single attempts: retries them where that is allowed, and shares equal ones. */
export type CallsOf = (operation: Operation) => <T>(call: Call<T>) => Promise<T>;

export interface CallsOptions {
  readonly makeAttempt: MakeAttempt;
  readonly retryBudget: RetryBudget;
  readonly throttles: Throttles;
  /** An attempt's usual time limit. */
  readonly usualMs: number;
}

export function createCalls({ makeAttempt, retryBudget, throttles, usualMs }: CallsOptions): CallsOf {
  const singleFlight = createSingleFlight();

  /** Begins an attempt of a call, the `tries`th that its operation takes part in. */
  function begin<T>(call: Call<T>, operation: Operation, tries: number): Flight<T> {
    const { tenant } = operation;
    if (tries === 1) retryBudget.deposit(tenant);
    if (isRead(call.endpoint)) return createFlight(tries, false, (flight) => makeAttempt(call, operation, flight));
    return createFlight(tries, true, async (flight) => {
      let isPossible = true;
      try {
        return await makeAttempt(call, operation, flight);
      } catch (error) {
        isPossible = !(error instanceof HssError) || mayHaveHappened(error);
        throw error;
      } finally {
        // Before anyone learns of the write, so that no later read shows the state before it.
        if (isPossible) singleFlight.detach(tenant.projectId);
      }
    });
  }

  return (operation) => {
    const { tenant, wait, cost } = operation;
    const token = createTokenState();

    /** Throws an HssError if the call must not be sent now. */
    function admit(endpoint: Endpoint): void {
      if (token.refusal) throw token.refusal;
      if (wait.cancellation.reason !== null) throw new HssError('caller-left', { sent: false });
      if (performance.now() >= wait.deadline) throw new HssError('timeout', { sent: false });
      throttles.admit(tenant, endpoint);
    }

    /** A flight for the next try: that of an equal read under way, if there is one. */
    function board<T>(call: Call<T>, tries: number): Boarding<T> {
      if (!isRead(call.endpoint)) return { flight: begin(call, operation, tries), isShared: false };
      const boarding = singleFlight.board(tenant, call.path, () => begin(call, operation, tries));
      if (boarding.isShared) cost.shared += 1;
      // Equal reads decode to equal values.
      return boarding as Boarding<T>;
    }

    /** Waits until the next try of a call that may have one; throws the error if there is no time or no budget. */
    async function pause(endpoint: Endpoint, flight: Flight<unknown>, error: HssError): Promise<void> {
      const retry = retryOf(flight, error);
      if (performance.now() + retry.pauseMs >= wait.deadline) throw error;
      if (!(retry.isPaid ??= retryBudget.withdraw(tenant)) || !spend(cost, endpoint)) throw error;
      // The next try notices if the caller left meanwhile.
      await sleep(retry.pauseMs, wait.cancellation);
    }

    /** Takes part in one attempt. Null: it failed, and the next one is due now. */
    async function attempt<T>(call: Call<T>, told: CallRecord): Promise<{ readonly value: T } | null> {
      const { endpoint } = call;
      const { flight, isShared } = board(call, told.tries);
      const boardedAt = performance.now();
      try {
        return { value: await flight.ride({ wait, token }) };
      } catch (error) {
        if (!(error instanceof HssError)) throw error;
        // A late rider waited only briefly for the call that timed out.
        const isOthersTimeout = isShared && error.kind === 'timeout' && performance.now() - boardedAt < usualMs / 2;
        if (told.tries === maxTries || !(isOthersTimeout || mayRetry(error, isRead(endpoint)))) throw error;
        await pause(endpoint, flight, error);
        return null;
      } finally {
        told.status = flight.status;
        told.isShared = isShared;
        if (isShared) linkActiveSpan(flight.span);
      }
    }

    return async (call) => {
      const { endpoint } = call;
      if (!spend(cost, endpoint)) throw new HssError('over-budget', { sent: false });
      const told = beginRecord(endpoint, call.path);
      try {
        for (;;) {
          admit(endpoint);
          told.tries += 1;
          const answer = await attempt(call, told);
          if (!answer) continue;
          told.rows = call.countRows?.(answer.value) ?? null;
          return answer.value;
        }
      } catch (error) {
        // The attempt notes a throttle only if nobody can try again. This operation alone may have given up, for lack
        // of time or budget.
        if (error instanceof HssError && isThrottled(error))
          throttles.throttled(tenant, endpoint, error.retryAfterSeconds);
        throw error;
      } finally {
        endRecord(cost, told);
      }
    };
  };
}

/** Resolves after the time, or on cancellation. */
function sleep(milliseconds: number, cancellation: Cancellation): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      cancellation.offCancel(end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    cancellation.onCancel(end);
  });
}
