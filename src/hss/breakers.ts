import {
  CircuitState,
  DelegateBackoff,
  circuitBreaker,
  handleWhen,
  isBrokenCircuitError,
  type IBreaker,
} from 'cockatiel';
import { LRUCache } from 'lru-cache';
import { HssError } from './errors.ts';

/** So many attempts in a row must fail … */
const failuresToOpen = 15;
/** … and nothing succeed for so long: a burst of slow calls beside good ones is no outage. */
const silenceMs = 1_000;
/** The first probe goes out after a second, each next one after twice the time, up to half a minute. */
const firstProbeMs = 1_000;
const longestProbeMs = 30_000;
/** Project ids are chosen by callers: only so many are remembered. */
const rememberedProjects = 1_000;

/** Circuit breakers, one a project: a project whose calls time out must not shut out the others. */
export interface Breakers {
  /** Throws the refusal, at once, where an attempt would not be let through now. */
  admit(projectId: string): void;
  run<T>(projectId: string, attempt: () => Promise<T>): Promise<T>;
  /** How many projects are refused at the moment. */
  open(): number;
}

export function createBreakers(): Breakers {
  const breakers = new LRUCache<string, Breaker>({ max: rememberedProjects });
  const breakerOf = (projectId: string): Breaker => breakers.get(projectId) ?? remember(projectId, createBreaker());
  const remember = (projectId: string, breaker: Breaker): Breaker => {
    breakers.set(projectId, breaker);
    return breaker;
  };
  return {
    admit: (projectId) => breakers.get(projectId)?.admit(),
    run: (projectId, attempt) => breakerOf(projectId).run(attempt),
    open: () => [...breakers.values()].filter((breaker) => breaker.isOpen()).length,
  };
}

interface Breaker {
  admit(): void;
  run<T>(attempt: () => Promise<T>): Promise<T>;
  isOpen(): boolean;
}

function createBreaker(): Breaker {
  let probeAt = 0;
  const policy = circuitBreaker(handleWhen(countsAsFailure), {
    breaker: createFailureCount(),
    halfOpenAfter: new DelegateBackoff(({ attempt }) => {
      const waitMs = Math.min(firstProbeMs * 2 ** (attempt - 1), longestProbeMs);
      probeAt = Date.now() + waitMs;
      return waitMs;
    }),
  });

  const refusal = (): HssError =>
    new HssError('unavailable', {
      sent: false,
      retryAfterSeconds: Math.max(1, Math.ceil((probeAt - Date.now()) / 1000)),
    });

  function countsAsFailure(error: Error): boolean {
    // A probe whose caller left has proved nothing.
    if (policy.state === CircuitState.HalfOpen)
      return !(error instanceof HssError) || error.kind === 'caller-left' || isOutage(error);
    return error instanceof HssError && isOutage(error);
  }

  return {
    isOpen: () => policy.state !== CircuitState.Closed,
    admit() {
      // cockatiel would let calls wait for the outcome of a probe; a caller is better served by an answer.
      const refused =
        policy.state === CircuitState.HalfOpen || (policy.state === CircuitState.Open && Date.now() < probeAt);
      if (refused) throw refusal();
    },
    async run(attempt) {
      this.admit();
      try {
        return await policy.execute(attempt);
      } catch (error) {
        throw isBrokenCircuitError(error) ? refusal() : error;
      }
    },
  };
}

/** HSS did not answer, or the gateway in front of it says that HSS does not. Any other answer shows that it lives. */
function isOutage({ kind, status }: HssError): boolean {
  if (status !== null) return status === 502 || status === 503 || status === 504;
  return kind === 'timeout' || kind === 'unavailable';
}

function createFailureCount(): IBreaker {
  let failures = 0;
  let lastSuccess = Date.now();
  return {
    state: undefined,
    success() {
      failures = 0;
      lastSuccess = Date.now();
    },
    failure() {
      failures += 1;
      return failures >= failuresToOpen && Date.now() - lastSuccess >= silenceMs;
    },
  };
}
