import { countIn } from '../../count-in.ts';
import { HssError, type HssErrorKind } from './errors.ts';

/** An HTTP answer from HSS or the API gateway in front of it. */
export interface HssResponse {
  readonly status: number;
  readonly body: string;
  /** Of the body. */
  readonly bytes: number;
  readonly requestId: string | null;
  readonly retryAfterSeconds: number | null;
  /** Whether it came over a connection that had carried an answer before. */
  readonly isReused: boolean;
}

/**
 * Codes that decide by themselves, whatever the HTTP status. The others have several meanings (APIGW.0201) or add
 * nothing to the status.
 * @see https://support.huaweicloud.com/intl/en-us/devg-apisign/api-sign-errorcode.html
 * @see https://support.huaweicloud.com/intl/en-us/api-hss2.0/ErrorCode.html
 */
const kindOfCode: ReadonlyMap<string, HssErrorKind> = new Map<string, HssErrorKind>([
  ['APIGW.0301', 'unauthenticated'],
  ['APIGW.0307', 'unauthenticated'],
  ['APIGW.0302', 'forbidden'],
  ['APIGW.0306', 'forbidden'],
  ['APIGW.0310', 'forbidden'],
  ['APIGW.0802', 'forbidden'],
  ['HSS.0010', 'forbidden'],
  ['HSS.0013', 'forbidden'],
  ['APIGW.0101', 'not-found'],
  ['HSS.0011', 'not-found'],
  ['HSS.0001', 'invalid'],
  ['HSS.0002', 'invalid'],
  ['APIGW.0308', 'rate-limited'],
]);

function kindOfStatus(status: number): HssErrorKind {
  switch (status) {
    case 400:
      return 'invalid';
    case 401:
      return 'unauthenticated';
    case 403:
      return 'forbidden';
    case 404:
      return 'not-found';
    case 429:
      return 'rate-limited';
    case 504:
      return 'timeout';
    default:
      return status >= 500 ? 'unavailable' : 'rejected';
  }
}

/** Only what has the shape of a code is passed on: the body is HSS's text, none of which may reach a client. */
const codeShape = /^(?:[A-Za-z]{2,16}[.-])?\d{1,10}$/;

/** An error body: in the shape of HSS and the API gateway, or in IAM's own. */
interface ErrorBody {
  readonly error_code?: unknown;
  readonly request_id?: unknown;
  readonly error?: { readonly code?: unknown } | null;
}

/** Null if there is none, and for `0`, which some services send on success. */
function readErrorCode(code: unknown): string | null {
  if (typeof code !== 'string' && typeof code !== 'number') return null;
  return /^0*$/.test(String(code)) ? null : String(code);
}

/** HSS sends 32 hexadecimal digits. Anything too short for a sentence, and without spaces, passes too. */
export function readHssRequestId(value: unknown): string | null {
  return typeof value === 'string' && /^[\w.-]{1,64}$/.test(value) ? value : null;
}

/**
 * What `decode` makes of the JSON of a 2xx answer (undefined for an empty body). Throws the HssError of any other
 * answer: `error_code` first, HTTP status second. Null from `decode` means that the JSON is not as documented.
 */
export function decodeResponse<T>(answer: HssResponse, decode: (json: unknown, bytes: number) => T | null): T {
  const json = parseJson(answer.body);
  const body: ErrorBody = typeof json === 'object' && json !== null ? json : {};
  const succeeded = answer.status >= 200 && answer.status < 300;
  const code = readErrorCode(body.error_code) ?? (succeeded ? null : readErrorCode(body.error?.code));
  const isEmpty = answer.body.trim() === '';
  const fail = (kind: HssErrorKind): HssError =>
    new HssError(kind, {
      status: answer.status,
      code: code !== null && codeShape.test(code) ? code : null,
      requestId: answer.requestId ?? readHssRequestId(body.request_id),
      retryAfterSeconds: answer.retryAfterSeconds,
      notHss: code === null && !isEmpty && (json === undefined || !succeeded),
      stale: answer.status === 408 && answer.isReused,
    });
  if (succeeded && code === null) {
    const value = json !== undefined || isEmpty ? decode(json, answer.bytes) : null;
    if (value === null) throw fail('bad-response');
    return value;
  }
  throw fail(kindOfCode.get(code ?? '') ?? (succeeded ? 'rejected' : kindOfStatus(answer.status)));
}

/** 200 rows of a hundred fields. An answer of only short values would take some forty times its text's memory. */
const maxValues = 20_000;
/** Shorter texts cannot hold too many. */
const maxUncounted = 64 * 1024;

function hasTooManyValues(text: string): boolean {
  if (text.length <= maxUncounted) return false;
  let left = maxValues;
  for (const start of ['{', '[', ',']) {
    left -= countIn(text, start, left);
    if (left < 0) return true;
  }
  return false;
}

/** Undefined if the text is not JSON, or has too many values. A leading byte order mark is skipped. */
function parseJson(text: string): unknown {
  if (hasTooManyValues(text)) return undefined;
  try {
    return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text) as unknown;
  } catch {
    return undefined;
  }
}
