/** Why there is no usable answer of HSS. Each kind has exactly one GraphQL code: see schema/error-codes.ts. */
export type HssErrorKind =
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'invalid'
  | 'rate-limited'
  | 'timeout'
  | 'unavailable'
  | 'rejected'
  | 'bad-response'
  | 'over-budget'
  | 'list-too-long'
  | 'caller-left';

const messages: Readonly<Record<HssErrorKind, string>> = {
  unauthenticated: 'HSS did not accept the token.',
  forbidden: 'The token does not permit this in HSS, or not in this enterprise project.',
  'not-found': 'HSS does not know what was asked for.',
  invalid: 'HSS refused the request as invalid.',
  'rate-limited': 'HSS is throttling requests.',
  timeout: 'HSS did not answer in time.',
  unavailable: 'HSS cannot be reached at the moment.',
  rejected: 'HSS refused the request.',
  'bad-response': 'HSS gave an answer that is not the documented one.',
  'over-budget': 'The operation needs more calls to HSS than are allowed: ask for less at once.',
  'list-too-long':
    'The list has more rows than are sorted or filtered here: narrow it by port, protocol or status, or leave the order out.',
  'caller-left': 'The caller left before HSS answered.',
};

export interface HssErrorDetails {
  /** HTTP status of HSS's answer; null where no answer came. */
  readonly status?: number | null;
  /** HSS's own `error_code`, for example `HSS.0013`. */
  readonly code?: string | null;
  readonly requestId?: string | null;
  readonly retryAfterSeconds?: number | null;
  /** Whether HSS may have received the request. */
  readonly sent?: boolean;
  readonly cause?: unknown;
  /** How much was asked for, and how much is allowed. */
  readonly estimate?: number | undefined;
  readonly budget?: number | undefined;
}

/** A call to HSS that failed. Carries no token, URL, header, body or text of HSS. */
export class HssError extends Error {
  override readonly name = 'HssError';
  readonly kind: HssErrorKind;
  readonly status: number | null;
  readonly code: string | null;
  readonly requestId: string | null;
  readonly retryAfterSeconds: number | null;
  readonly sent: boolean;
  readonly estimate: number | null;
  readonly budget: number | null;

  constructor(kind: HssErrorKind, details: HssErrorDetails = {}) {
    super(messages[kind], details.cause === undefined ? undefined : { cause: details.cause });
    this.kind = kind;
    this.status = details.status ?? null;
    this.code = details.code ?? null;
    this.requestId = details.requestId ?? null;
    this.retryAfterSeconds = details.retryAfterSeconds ?? null;
    this.sent = details.sent ?? true;
    this.estimate = details.estimate ?? null;
    this.budget = details.budget ?? null;
  }
}
