import type { Cancellation } from '../cancellation.ts';
import type { ErrorCode } from '../errors/codes.ts';

/** An HTTP request as this gateway sees it, from node:http (listener.ts) or from a Fetch handler (fetch.ts). */
export interface HttpRequest {
  readonly method: string;
  /** Path of the request target as it was sent, not decoded; null where the target has none. */
  readonly path: string | null;
  /** What follows `?` in the request target, or the empty string. */
  readonly search: string;
  readonly headers: HeaderReader;
  /** The name of a header that came twice but may come only once; null where there is none. */
  readonly repeatedHeader: string | null;
  /** Address of the other end of the connection; null where that is not known. */
  readonly peer: string | null;
  /** Cancelled when the client has left. */
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
  /** Made for this response: code that passes it on may add to them. */
  readonly headers: Record<string, string>;
  /** Text, or bytes in pieces. */
  readonly body: string | readonly Buffer[] | null;
  /** Set if the request was refused before it became an operation. */
  readonly refusal?: { readonly reason: RefusalReason; readonly code: ErrorCode };
  /** To be called when the response has been sent, or given up. */
  readonly onSent?: (() => void) | undefined;
}

/** Why a request is refused before it becomes an operation, for logs and metrics. */
export const refusalReasons = ['http', 'host', 'header', 'secret', 'path', 'method', 'accept', 'busy'] as const;
export type RefusalReason = (typeof refusalReasons)[number];

/** A request that was refused before it became an operation. */
export interface RefusedRequest {
  readonly requestId: string;
  readonly status: number;
  readonly code: ErrorCode;
  readonly reason: RefusalReason;
}

/** Told of a refused request; null where it could not be read. */
export type OnRefused = (refused: RefusedRequest, request: Pick<HttpRequest, 'headers' | 'peer'> | null) => void;

/** The `Allow` header of what serves operations. */
export const operationMethods = 'GET, HEAD, POST, OPTIONS';

/** What answers one path. */
export type Route = (request: HttpRequest, requestId: string) => HttpResponse | Promise<HttpResponse>;

/** Headers that identify the caller. None of them holds a comma followed by a blank. */
export const callerHeaders = ['x-auth-token', 'x-project-id', 'router-authorization'] as const;

/**
 * Those, and the headers that name the host and the media type. A second one has been added on the way, and either may
 * be the wrong one.
 */
export const singleHeaders: ReadonlySet<string> = new Set(['host', 'content-type', ...callerHeaders]);
