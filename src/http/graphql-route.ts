import { mediaTypes, negotiate, takesHtml } from './accept.ts';
import { corsHeaders, preflightHeaders, type AllowedOrigins } from './cors.ts';
import { readParameters, type GraphQLParameters } from './graphql-request.ts';
import { contentTypes, noStore, refuse, statusOf, toBody, type OperationResult } from './graphql-response.ts';
import type { HeaderReader, Route } from './request.ts';

/** One operation, and who sent it. */
export interface OperationRequest {
  /** Null where the request holds none: then `error` tells why. */
  readonly parameters: GraphQLParameters | null;
  readonly error: unknown;
  /** Whether it may only read: a GET must not change anything. */
  readonly isSafe: boolean;
  readonly requestId: string;
  readonly headers: HeaderReader;
  readonly peer: string | null;
  readonly signal: AbortSignal;
}

export interface GraphQLRouteOptions {
  /** Never rejects. */
  readonly execute: (request: OperationRequest) => Promise<OperationResult>;
  readonly allowedOrigins: AllowedOrigins;
  /** The page for developers; null where there is none. */
  readonly page: Route | null;
}

/** `/graphql`: GET and POST of operations, a browser's preflights, and the page for developers. */
export function createGraphQLRoute({ execute, allowedOrigins, page }: GraphQLRouteOptions): Route {
  return async (request, requestId) => {
    const { method, headers } = request;
    const origin = headers.get('origin');
    if (method === 'OPTIONS') {
      const requested = headers.get('access-control-request-headers');
      return { status: 204, headers: preflightHeaders(origin, requested, allowedOrigins), body: null };
    }
    const cors = corsHeaders(origin, allowedOrigins);
    const isSafe = method === 'GET';
    if (!isSafe && method !== 'POST') {
      return refuse(request, 405, 'method', 'Send an operation by POST, or a query by GET.', {
        ...cors,
        allow: 'GET, POST',
      });
    }
    const accept = headers.get('accept');
    if (page && isSafe && takesHtml(accept)) return page(request, requestId);
    const type = negotiate(accept);
    if (type === null) {
      return refuse(request, 406, 'accept', `The response can be one of ${mediaTypes.join(', ')}.`, cors);
    }
    let parameters: GraphQLParameters | null = null;
    let error: unknown = null;
    try {
      parameters = await readParameters(request);
    } catch (thrown) {
      error = thrown;
    }
    const { peer, signal } = request;
    const result = await execute({ parameters, error, isSafe, requestId, headers, peer, signal });
    const status = statusOf(result, type);
    return {
      status,
      headers: {
        'content-type': contentTypes[type],
        'cache-control': noStore,
        ...cors,
        ...(status === 405 && { allow: 'POST' }),
        ...(status === 413 && { connection: 'close' }),
        ...(status === 415 && { 'accept-encoding': 'identity' }),
      },
      body: toBody(result),
      onSent: result.onSent,
    };
  };
}
