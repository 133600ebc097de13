/** Why there is no usable answer from HSS. Each kind has exactly one GraphQL code: see errors/codes.ts. */
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
  | 'busy'
  | 'queue-timeout'
  | 'over-budget'
  | 'list-too-long'
  | 'too-large'
  | 'caller-left';

const messages: Readonly<Record<HssErrorKind, string>> = {
  unauthenticated: 'HSS did not accept the token.',
  forbidden: 'The token does not permit this in HSS, or not in this enterprise project.',
  'not-found': 'HSS does not know the requested resource.',
  invalid: 'HSS refused the request as invalid.',
  'rate-limited': 'HSS is throttling requests.',
  timeout: 'HSS did not answer in time.',
  unavailable: 'HSS cannot be reached at the moment.',
  rejected: 'HSS refused the request.',
  'bad-response': 'The response from HSS is not as documented.',
  busy: 'The gateway is busy.',
  'queue-timeout': 'The gateway is busy: HSS could not be called in time.',
  'over-budget': 'The operation needs more calls to HSS than are allowed: request less at once.',
  'list-too-long':
    'The list has too many rows to be sorted or filtered: narrow it by port, protocol or status, or do not sort it.',
  'too-large': 'The gateway cannot hold so many rows at once: request fewer rows, or fewer of their fields.',
  'caller-left': 'The caller left before HSS answered.',
};

export interface HssErrorDetails {
  /** HTTP status of HSS's answer; null if no answer came. */
  readonly status?: number | null;
  /** HSS's own `error_code`, for example `HSS.0013`. */
  readonly code?: string | null;
  readonly requestId?: string | null;
  readonly retryAfterSeconds?: number | null;
  /** Whether HSS may have received the request. */
  readonly sent?: boolean;
  /** Why there is no answer: a code from the system, TLS or failure-reasons.ts; only for log and metrics. */
  readonly reason?: string | null;
  /** Whether the answer has no shape of HSS's: something in front of HSS sent it. */
  readonly notHss?: boolean;
  /** Whether HSS gave up a kept connection before the request came, and so did not process it. */
  readonly stale?: boolean;
  /** How much was asked for, and how much is allowed. */
  readonly estimate?: number | undefined;
  readonly budget?: number | undefined;
}

/** A call to HSS that failed. Carries no token, URL, header, body or text from HSS. */
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
  readonly reason: string | null;
  readonly notHss: boolean;
  readonly stale: boolean;

  constructor(kind: HssErrorKind, details: HssErrorDetails = {}) {
    super(messages[kind]);
    this.kind = kind;
    this.status = details.status ?? null;
    this.code = details.code ?? null;
    this.requestId = details.requestId ?? null;
    this.retryAfterSeconds = details.retryAfterSeconds ?? null;
    this.sent = details.sent ?? true;
    this.estimate = details.estimate ?? null;
    this.budget = details.budget ?? null;
    this.reason = details.reason ?? null;
    this.notHss = details.notHss ?? false;
    this.stale = details.stale ?? false;
  }
}

/** What the log says about a failed call, besides the code that the client sees. */
export interface UpstreamFailure {
  readonly reason?: string;
  readonly status?: number;
  readonly code?: string;
  readonly requestId?: string;
  readonly notHss?: true;
}

/** Only what is known: no text from HSS, and no address of HSS. */
export function upstreamFailure({ reason, status, code, requestId, notHss }: HssError): UpstreamFailure {
  return {
    ...(reason !== null && { reason }),
    ...(status !== null && { status }),
    ...(code !== null && { code }),
    ...(requestId !== null && { requestId }),
    ...(notHss && { notHss }),
  };
}
