import type { HssErrorKind } from '../hss/transport/errors.ts';

/** Every value of `extensions.code`: the catalogue of README.md, in its order. */
export const errorCodes = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'BAD_USER_INPUT',
  'UPSTREAM_RATE_LIMITED',
  'UPSTREAM_TIMEOUT',
  'UPSTREAM_UNAVAILABLE',
  'UPSTREAM_REJECTED',
  'UPSTREAM_BAD_RESPONSE',
  'COST_LIMIT_EXCEEDED',
  'MAX_DEPTH_LIMIT',
  'MAX_ALIASES_LIMIT',
  'MAX_TOKENS_LIMIT',
  'MAX_DIRECTIVES_LIMIT',
  'PERSISTED_QUERY_REQUIRED',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'INTERNAL_SERVER_ERROR',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** Every kind has a code: a new kind without one does not compile. */
export const codeOfKind: Readonly<Record<HssErrorKind | 'bug', ErrorCode>> = {
  unauthenticated: 'UNAUTHENTICATED',
  forbidden: 'FORBIDDEN',
  'not-found': 'NOT_FOUND',
  invalid: 'BAD_USER_INPUT',
  'rate-limited': 'UPSTREAM_RATE_LIMITED',
  timeout: 'UPSTREAM_TIMEOUT',
  unavailable: 'UPSTREAM_UNAVAILABLE',
  rejected: 'UPSTREAM_REJECTED',
  'bad-response': 'UPSTREAM_BAD_RESPONSE',
  busy: 'UPSTREAM_UNAVAILABLE',
  'queue-timeout': 'UPSTREAM_TIMEOUT',
  'over-budget': 'COST_LIMIT_EXCEEDED',
  'list-too-long': 'COST_LIMIT_EXCEEDED',
  'too-large': 'COST_LIMIT_EXCEEDED',
  // Nobody is there to read it.
  'caller-left': 'UPSTREAM_UNAVAILABLE',
  bug: 'INTERNAL_SERVER_ERROR',
};
