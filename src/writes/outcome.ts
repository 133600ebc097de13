import { HssError, type HssErrorKind } from '../hss/transport/errors.ts';
import { mayHaveHappened } from '../hss/transport/retry.ts';

/** What is known about one target after the change. */
export type Outcome =
  | { readonly result: 'accepted' }
  /** HSS refused the call with this target, or the call never reached HSS: nothing was changed. */
  | { readonly result: 'rejected'; readonly error: Failure }
  /** It was sent, but no answer came: it may have happened. */
  | { readonly result: 'unknown'; readonly error: Failure };

/** Why a target was not accepted, in words for the client. */
export interface Failure {
  readonly kind: HssErrorKind | 'bug';
  readonly message: string;
  /** Seconds until it is worth asking again, if known. */
  readonly retryAfterSeconds: number | null;
}

export const accepted: Outcome = { result: 'accepted' };

/** What cannot be sent to HSS. */
export const refused = (message: string): Outcome => ({
  result: 'rejected',
  error: { kind: 'invalid', message, retryAfterSeconds: null },
});

/** A call that a bug ended may or may not have been sent. */
export const interrupted: Outcome = {
  result: 'unknown',
  error: { kind: 'bug', message: 'Unexpected error.', retryAfterSeconds: null },
};

/** What a failed call means for each of the `ports` that it carried, or was to carry. */
export function outcomeOfFailure(error: HssError, ports: number): Outcome {
  const { kind, message, retryAfterSeconds } = error;
  if (mayHaveHappened(error)) return { result: 'unknown', error: { kind, message, retryAfterSeconds } };
  const failure = error.sent ? refusalOf(error, ports) : unsentFailure(error);
  return { result: 'rejected', error: { ...failure, retryAfterSeconds } };
}

type FailureWords = Pick<Failure, 'kind' | 'message'>;

/** HSS's reasons that may concern one port of a call. */
const kindsOfOnePort: ReadonlySet<HssErrorKind> = new Set(['invalid', 'forbidden', 'not-found', 'rejected']);

function refusalOf({ kind, message }: HssError, ports: number): FailureWords {
  if (ports === 1 || !kindsOfOnePort.has(kind)) return { kind, message };
  return {
    kind,
    message: `${message} It refused ${ports} ports together and does not say which of them is at fault.`,
  };
}

function unsentFailure({ kind, message, reason }: HssError): FailureWords {
  // A remembered throttle or token refusal counts as HSS's own.
  if (kind === 'rate-limited' || kind === 'unauthenticated' || kind === 'busy') return { kind, message };
  if (kind === 'queue-timeout' || (kind === 'timeout' && reason === null))
    return { kind: 'unavailable', message: 'The operation ran out of time before this was sent.' };
  return { kind: 'unavailable', message: new HssError('unavailable').message };
}
