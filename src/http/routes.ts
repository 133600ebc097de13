import type { ErrorCode } from '../errors/codes.ts';
import { addCommonHeaders } from './common-headers.ts';
import { corsHeaders, type AllowedOrigins } from './cors.ts';
import { refuse } from './graphql-response.ts';
import { isAllowedHost, readHost } from './host.ts';
import { readRequestId } from './request-id.ts';
import type { HttpRequest, HttpResponse, OnRefused, RefusalReason, Route } from './request.ts';
import type { Opens } from './router-secret.ts';

export interface RoutesOptions {
  /** By path: what anybody may ask … */
  readonly open: RoutesByPath;
  /** … and what asks for an allowed host and the router's secret. */
  readonly guarded: RoutesByPath;
  /** See host.ts. */
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: AllowedOrigins;
  /** Null: the gateway is open. */
  readonly opens: Opens | null;
  readonly onRefused: OnRefused;
}

type RoutesByPath = Readonly<Record<string, Route>>;

/** Responds to a request. Never rejects. */
export type Routes = (request: HttpRequest) => Promise<HttpResponse>;

/** The way of every request: paths are compared whole, for a proxy's rules are about them. */
export function createRoutes(options: RoutesOptions): Routes {
  const open = new Map(Object.entries(options.open));
  const guarded = new Map(Object.entries(options.guarded));
  const served = [...guarded.keys(), ...open.keys()].join(', ');

  /** A page that may read responses is to see why it is refused. */
  function refuseHere(
    request: HttpRequest,
    status: number,
    reason: RefusalReason,
    message: string,
    more?: Readonly<Record<string, string>>,
    code?: ErrorCode,
  ): HttpResponse {
    const cors = corsHeaders(request.headers.get('origin'), options.allowedOrigins);
    return refuse(request, status, reason, message, { ...cors, ...more }, code);
  }

  function respond(request: HttpRequest, requestId: string): HttpResponse | Promise<HttpResponse> {
    const { path, headers, repeatedHeader } = request;
    if (repeatedHeader !== null) {
      return refuseHere(request, 400, 'header', `The header ${repeatedHeader} may come once.`);
    }
    const host = readHost(headers.get('host'));
    if (host === null || path === null)
      return refuseHere(request, 400, 'host', 'Host and path of the request make no URL.');
    const openRoute = open.get(path);
    if (openRoute) return openRoute(request, requestId);
    if (!isAllowedHost(host, options.allowedHosts)) {
      const message = 'The gateway does not serve this Host: the variable ALLOWED_HOSTS names those that it does.';
      return refuseHere(request, 421, 'host', message);
    }
    const route = guarded.get(path);
    // Before the secret: who looks for other programs is no router with a wrong one.
    if (!route) return refuseHere(request, 404, 'path', `There is nothing at this path, only at ${served}.`);
    if (options.opens && !options.opens(headers.get('router-authorization'))) {
      const challenge = { 'www-authenticate': 'Router-Authorization' };
      return refuseHere(request, 401, 'secret', 'Only the router may ask.', challenge, 'UNAUTHENTICATED');
    }
    return route(request, requestId);
  }

  return async (request) => {
    const requestId = readRequestId(request.headers);
    const response = await respond(request, requestId);
    const { status, headers, refusal } = response;
    if (refusal) options.onRefused({ requestId, status, ...refusal }, request);
    addCommonHeaders(headers, requestId);
    return response;
  };
}
