import type { HssErrorKind } from '../hss/errors.ts';

/** Values of `extensions.code` that come from HSS, or from its absence. */
export type UpstreamErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'BAD_USER_INPUT'
  | 'UPSTREAM_RATE_LIMITED'
  | 'UPSTREAM_TIMEOUT'
  | 'UPSTREAM_UNAVAILABLE'
  | 'UPSTREAM_REJECTED'
  | 'UPSTREAM_BAD_RESPONSE';

/** Every kind has its code: a new one without does not compile. */
export const codeOfKind: Readonly<Record<HssErrorKind, UpstreamErrorCode>> = {
  unauthenticated: 'UNAUTHENTICATED',
  forbidden: 'FORBIDDEN',
  'not-found': 'NOT_FOUND',
  invalid: 'BAD_USER_INPUT',
  'rate-limited': 'UPSTREAM_RATE_LIMITED',
  timeout: 'UPSTREAM_TIMEOUT',
  unavailable: 'UPSTREAM_UNAVAILABLE',
  rejected: 'UPSTREAM_REJECTED',
  'bad-response': 'UPSTREAM_BAD_RESPONSE',
  // Nobody is there to read it.
  'caller-left': 'UPSTREAM_UNAVAILABLE',
};
