import type { GraphQLFormattedError } from 'graphql';
import type { ErrorCode } from '../errors/codes.ts';
import { negotiate, type MediaType } from './accept.ts';
import { jsonPieces } from './json-pieces.ts';
import type { HttpRequest, HttpResponse, RefusalReason } from './request.ts';

export const contentTypes: Readonly<Record<MediaType, string>> = {
  'application/graphql-response+json': 'application/graphql-response+json; charset=utf-8',
  'application/json': 'application/json; charset=utf-8',
};

/** What one token has read is for nobody else, and caches do not know tokens. */
export const noStore = 'private, no-store';

/** The result of an operation, as its client sees it. */
export interface OperationResult {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLFormattedError[];
  readonly extensions?: Readonly<Record<string, unknown>>;
  /** Null where the operation was executed. */
  readonly refusal: RefusalStatus | null;
  /** Whether its response is better made in pieces. */
  readonly isLarge?: boolean;
  /** To be called when the response has been sent, or given up: until then it is held in memory. */
  readonly onSent?: () => void;
}

type ResultParts = Pick<OperationResult, 'data' | 'errors' | 'extensions'>;

export interface RefusalStatus {
  readonly status: number;
  /** Whether the status is only for `application/graphql-response+json`: under `application/json` it is 200. */
  readonly spec?: boolean;
}

/**
 * The status of a result. An executed operation is 200, whatever errors come with its data.
 * @see https://graphql.github.io/graphql-over-http/draft/#sec-Status-Codes
 */
export function statusOf({ refusal }: OperationResult, type: MediaType): number {
  if (refusal === null) return 200;
  return refusal.spec && type === 'application/json' ? 200 : refusal.status;
}

/** The JSON of a result, errors first, so that they are seen in a log or a terminal. */
export const toBody = ({ data, errors, extensions }: ResultParts): string =>
  JSON.stringify({ errors, data, extensions });

/** The same, for a large result. */
export const toPieces = ({ data, errors, extensions }: ResultParts): Buffer[] =>
  jsonPieces({ errors, data, extensions });

interface Refusal extends HttpResponse {
  readonly body: string;
  readonly refusal: NonNullable<HttpResponse['refusal']>;
}

/** Refuses a request before it becomes an operation, with a GraphQL body without data. */
export function refuse(
  { headers }: Pick<HttpRequest, 'headers'>,
  status: number,
  reason: RefusalReason,
  message: string,
  more: Readonly<Record<string, string>> = {},
  code: ErrorCode = 'BAD_USER_INPUT',
): Refusal {
  const type = negotiate(headers.get('accept')) ?? 'application/json';
  return {
    status,
    headers: { 'content-type': contentTypes[type], 'cache-control': noStore, ...more },
    body: toBody({ errors: [{ message, extensions: { code } }] }),
    refusal: { reason, code },
  };
}
