import type { Cancellation } from '../cancellation.ts';
import { mediaTypes, negotiate, takesHtml } from './accept.ts';
import { corsHeaders, preflightHeaders, type AllowedOrigins } from './cors.ts';
import { readParameters, type GraphQLParameters } from './graphql-request.ts';
import { contentTypes, noStore, refuse, statusOf, toBody, toPieces, type OperationResult } from './graphql-response.ts';
import { operationMethods, type HeaderReader, type Route } from './request.ts';

/** One operation, and who sent it. */
export interface OperationRequest {
  /** Null where the request holds none; `error` then says why. */
  readonly parameters: GraphQLParameters | null;
  readonly error: unknown;
  /** Whether it may only read: a GET must not change anything. */
  readonly isSafe: boolean;
  readonly requestId: string;
  readonly headers: HeaderReader;
  readonly peer: string | null;
  readonly cancellation: Cancellation;
}

export interface GraphQLRouteOptions {
  /** Never rejects. */
  readonly execute: (request: OperationRequest) => Promise<OperationResult>;
  readonly allowedOrigins: AllowedOrigins;
  /** The page for developers; null where there is none. */
  readonly page: Route | null;
}

/** `/graphql`: GET (or HEAD) and POST of operations, a browser's preflights, and the page for developers. */
export function createGraphQLRoute({ execute, allowedOrigins, page }: GraphQLRouteOptions): Route {
  return async (request, requestId) => {
    const { method, headers } = request;
    const origin = headers.get('origin');
    if (method === 'OPTIONS') {
      const requested = headers.get('access-control-request-headers');
      const preflight = preflightHeaders(origin, requested, allowedOrigins);
      return { status: 204, headers: { ...preflight, 'cache-control': noStore }, body: null };
    }
    const responseHeaders = corsHeaders(origin, allowedOrigins);
    const isSafe = method === 'GET' || method === 'HEAD';
    if (!isSafe && method !== 'POST') {
      return refuse(request, 405, 'method', 'Send an operation by POST, or a query by GET.', {
        ...responseHeaders,
        allow: operationMethods,
      });
    }
    const accept = headers.get('accept');
    if (page && isSafe && takesHtml(accept)) return page(request, requestId);
    const type = negotiate(accept);
    if (type === null) {
      return refuse(
        request,
        406,
        'accept',
        `The Accept header must allow one of ${mediaTypes.join(', ')}.`,
        responseHeaders,
      );
    }
    let parameters: GraphQLParameters | null = null;
    let error: unknown = null;
    try {
      parameters = await readParameters(request);
    } catch (thrown) {
      error = thrown;
    }
    const { peer, cancellation } = request;
    const result = await execute({ parameters, error, isSafe, requestId, headers, peer, cancellation });
    const status = statusOf(result, type);
    responseHeaders['content-type'] = contentTypes[type];
    responseHeaders['cache-control'] = noStore;
    if (status === 405) responseHeaders.allow = 'POST';
    // There may be room in a moment.
    if (status === 503) responseHeaders['retry-after'] = '1';
    // The rest of the request's body is not read.
    if (status === 413 || (status === 503 && error !== null)) responseHeaders.connection = 'close';
    if (status === 415 && headers.get('content-encoding') !== null) responseHeaders['accept-encoding'] = 'identity';
    const body = result.isLarge ? toPieces(result) : toBody(result);
    return { status, headers: responseHeaders, body, onSent: result.onSent };
  };
}
