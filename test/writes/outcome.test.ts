import { describe, expect, it } from 'vitest';
import { HssError, type HssErrorDetails, type HssErrorKind } from '../../src/hss/transport/errors.ts';
import { accepted, interrupted, outcomeOfFailure, refused, type Failure } from '../../src/writes/outcome.ts';

const messageOf = (kind: HssErrorKind): string => new HssError(kind).message;
const outOfTime = 'The operation ran out of time before this was sent.';

describe('a target of a call that failed', () => {
  it.each<[what: string, kind: HssErrorKind, details: HssErrorDetails]>([
    ['silence', 'timeout', {}],
    ['a reset', 'unavailable', {}],
    ['500', 'unavailable', { status: 500 }],
    ['504', 'timeout', { status: 504 }],
    ['another 2xx than is documented', 'bad-response', { status: 200 }],
  ])('is unknown after %s, and says why', (_what, kind, details) => {
    expect(outcomeOfFailure(new HssError(kind, { ...details, retryAfterSeconds: 9 }), 7)).toEqual({
      result: 'unknown',
      error: { kind, message: messageOf(kind), retryAfterSeconds: 9 },
    });
  });

  it.each<[kind: HssErrorKind, details: HssErrorDetails]>([
    ['unauthenticated', { status: 401 }],
    ['rate-limited', { status: 429, retryAfterSeconds: 7 }],
  ])('is rejected where HSS says so of the caller: %s', (kind, details) => {
    expect(outcomeOfFailure(new HssError(kind, details), 7)).toEqual({
      result: 'rejected',
      error: { kind, message: messageOf(kind), retryAfterSeconds: details.retryAfterSeconds ?? null },
    });
  });

  it.each<[kind: HssErrorKind, status: number]>([
    ['invalid', 400],
    ['forbidden', 403],
    ['not-found', 404],
    ['rejected', 405],
  ])('is rejected where HSS refused it, and told of the others that it went out with: %s', (kind, status) => {
    const error = new HssError(kind, { status });
    expect(outcomeOfFailure(error, 1)).toMatchObject({ result: 'rejected', error: { kind, message: error.message } });
    expect(outcomeOfFailure(error, 7)).toEqual({
      result: 'rejected',
      error: {
        kind,
        message: `${error.message} It refused 7 ports together and does not say which of them is at fault.`,
        retryAfterSeconds: null,
      },
    });
  });

  it.each<[what: string, kind: HssErrorKind, details: HssErrorDetails, failure: Pick<Failure, 'kind' | 'message'>]>([
    ['no connection', 'unavailable', {}, { kind: 'unavailable', message: messageOf('unavailable') }],
    ['a caller who left', 'caller-left', {}, { kind: 'unavailable', message: messageOf('unavailable') }],
    [
      'a connection that took too long',
      'timeout',
      { reason: 'UND_ERR_CONNECT_TIMEOUT' },
      { kind: 'unavailable', message: messageOf('unavailable') },
    ],
    ['the end of the time', 'timeout', {}, { kind: 'unavailable', message: outOfTime }],
    ['the end of the time in the queue', 'queue-timeout', {}, { kind: 'unavailable', message: outOfTime }],
    ['a full queue', 'busy', {}, { kind: 'busy', message: messageOf('busy') }],
    ['a throttle that goes on', 'rate-limited', {}, { kind: 'rate-limited', message: messageOf('rate-limited') }],
    ['a refused token', 'unauthenticated', {}, { kind: 'unauthenticated', message: messageOf('unauthenticated') }],
  ])('is rejected where it never reached HSS for %s', (_what, kind, details, failure) => {
    const error = new HssError(kind, { ...details, sent: false, retryAfterSeconds: 3 });
    expect(outcomeOfFailure(error, 7)).toEqual({ result: 'rejected', error: { ...failure, retryAfterSeconds: 3 } });
  });
});

describe('a target', () => {
  it('that HSS took is accepted', () => {
    expect(accepted).toEqual({ result: 'accepted' });
  });

  it('that HSS cannot be told of is rejected as invalid', () => {
    expect(refused('Why.')).toEqual({
      result: 'rejected',
      error: { kind: 'invalid', message: 'Why.', retryAfterSeconds: null },
    });
  });

  it('whose call a bug ended is unknown', () => {
    expect(interrupted).toEqual({
      result: 'unknown',
      error: { kind: 'bug', message: 'Unexpected error.', retryAfterSeconds: null },
    });
  });
});
