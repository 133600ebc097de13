import type { Cancellation } from '../cancellation.ts';
import type { ErrorCode } from '../errors/codes.ts';

/** An HTTP request, as this gateway looks at it: from node:http (listener.ts) or from a Fetch handler (fetch.ts). */
export interface HttpRequest {
  readonly method: string;
  /** Path of the request target as it was sent, not decoded; null where the target has none. */
  readonly path: string | null;
  /** What follows `?` in the request target, or the empty string. */
  readonly search: string;
  readonly headers: HeaderReader;
  /** A header that came twice though it may come once only, by its name; null where there is none. */
  readonly repeatedHeader: string | null;
  /** Address of the other end of the connection; null where that is not known. */
  readonly peer: string | null;
  /** Of a client that has left. */
  readonly cancellation: Cancellation;
  /** The body as UTF-8 text. Rejects with a client error of status 413 for one that is too large. */
  text(): Promise<string>;
}

export interface HeaderReader {
  /** The value of a header by its name in lower case. */
  get(name: string): string | null;
}

export interface HttpResponse {
  readonly status: number;
  /** Made for this response: whoever passes it on may add to them. */
  readonly headers: Record<string, string>;
  /** Text, or bytes in pieces. */
  readonly body: string | readonly Buffer[] | null;
  /** Where the request was refused before it was an operation. */
  readonly refusal?: { readonly reason: RefusalReason; readonly code: ErrorCode };
  /** To be told when the response has been sent, or given up. */
  readonly onSent?: (() => void) | undefined;
}

/** Why a request is refused before it is an operation, for logs and metrics. */
export const refusalReasons = ['http', 'host', 'header', 'secret', 'path', 'method', 'accept', 'busy'] as const;
export type RefusalReason = (typeof refusalReasons)[number];

/** A request that was refused before it was an operation. */
export interface RefusedRequest {
  readonly requestId: string;
  readonly status: number;
  readonly code: ErrorCode;
  readonly reason: RefusalReason;
}

/** Told of a refused request; null where it could not be read. */
export type OnRefused = (refused: RefusedRequest, request: Pick<HttpRequest, 'headers' | 'peer'> | null) => void;

/** The header `Allow` of what serves operations. */
export const operationMethods = 'GET, HEAD, POST, OPTIONS';

/** What answers one path. */
export type Route = (request: HttpRequest, requestId: string) => HttpResponse | Promise<HttpResponse>;

/** Headers that decide who asks. None of them holds a comma with a blank after it. */
export const callerHeaders = ['x-auth-token', 'x-project-id', 'router-authorization'] as const;

/**
 * Those, and the headers that name the host and the media type. A second one was added on the way, and either may be the
 * wrong one.
 */
export const singleHeaders: ReadonlySet<string> = new Set(['host', 'content-type', ...callerHeaders]);
