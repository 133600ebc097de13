import type { SpanContext } from '@opentelemetry/api';
import { Cancellation } from '../../cancellation.ts';
import { HssError } from './errors.ts';
import type { OwnReason } from './failure-reasons.ts';
import type { Wait } from './operation.ts';
import type { TokenState } from './token-state.ts';

/** One attempt of a call, from its wait for a place to the last byte of its answer, and its riders. */
export interface Flight<T> extends FlightState {
  /** Rejects with an HssError. */
  readonly answer: Promise<T>;
  /** Waits for the answer on a rider's behalf; rejects with an HssError when its time is up or it leaves. */
  ride(rider: Rider): Promise<T>;
}

export interface FlightState {
  /** When the last rider leaves, with that rider's error. */
  readonly cancellation: Cancellation<HssError>;
  readonly riders: ReadonlySet<Rider>;
  /** Which try of the leader's call this is. */
  readonly tries: number;
  /** Whether it has its place: the request is going out, or is out. */
  isSent: boolean;
  /** HTTP status; null unless an answer has come. */
  status: number | null;
  /** Null if the call is not traced. */
  span: SpanContext | null;
  /** How its riders retry after its failure; null before the first of them does. */
  retry: { readonly pauseMs: number; isPaid: boolean | null } | null;
}

/** A call waiting for a flight. */
export interface Rider {
  readonly wait: Wait;
  readonly token: TokenState;
}

/** Begins when its first rider has boarded. `outlivesRiders`: once sent, it runs to its end, whoever leaves. */
export function createFlight<T>(
  tries: number,
  outlivesRiders: boolean,
  run: (flight: FlightState) => Promise<T>,
): Flight<T> {
  const riders = new Set<Rider>();
  const state: FlightState = {
    cancellation: new Cancellation(),
    riders,
    tries,
    isSent: false,
    status: null,
    span: null,
    retry: null,
  };
  const answer = Promise.resolve(state).then(run);

  function ride({ wait, token }: Rider): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      // An operation may have two riders.
      const rider = { wait, token };
      const end = (): void => {
        clearTimeout(timer);
        wait.cancellation.offCancel(onCancel);
        token.unsent.delete(onRefusal);
        riders.delete(rider);
      };
      const leave = (error: HssError): void => {
        end();
        if (riders.size === 0) state.cancellation.cancel(error);
        reject(error);
      };
      const giveUp = (error: HssError): void => {
        if (!state.isSent || !outlivesRiders) leave(error);
      };
      const onCancel = (): void => giveUp(new HssError('caller-left', { sent: state.isSent }));
      const onTimeout = (): void => giveUp(state.isSent ? responseTimeout() : queueTimeout());
      const onRefusal = (refusal: HssError): void => {
        if (!state.isSent) leave(refusal);
      };
      const timer = setTimeout(onTimeout, wait.deadline - performance.now());
      wait.cancellation.onCancel(onCancel);
      token.unsent.add(onRefusal);
      riders.add(rider);
      answer.then(
        (value) => {
          end();
          resolve(value);
        },
        (error: unknown) => {
          end();
          // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- as it came
          reject(error);
        },
      );
    });
  }

  return Object.assign(state, { answer, ride });
}

const responseTimeout = (): HssError => new HssError('timeout', { reason: 'RESPONSE_TIMEOUT' satisfies OwnReason });
/** The gateway's own fault, saying nothing about HSS. */
const queueTimeout = (): HssError =>
  new HssError('queue-timeout', { sent: false, reason: 'QUEUE_TIMEOUT' satisfies OwnReason });
