import { isLoopback } from './loopback.ts';

/** Origins whose pages may read responses; `*` stands for any, `loopback` for those of this machine. */
export type AllowedOrigins = readonly string[];

/** How long a browser may remember a preflight, in seconds; browsers accept two hours at most. */
const preflightSeconds = 7_200;

/**
 * The CORS headers of a response to a page from `origin`: none if that origin is not allowed; caches are told in any
 * case that the response depends on it.
 * @see https://fetch.spec.whatwg.org/#http-responses
 */
export function corsHeaders(origin: string | null, allowed: AllowedOrigins): Record<string, string> {
  if (origin === null || !isAllowedOrigin(origin, allowed)) return { vary: 'Origin' };
  return { vary: 'Origin', 'access-control-allow-origin': origin, 'access-control-expose-headers': 'X-Request-Id' };
}

/** The headers that answer a preflight. All requested headers are allowed: the gateway knows which of them count. */
export function preflightHeaders(
  origin: string | null,
  requestedHeaders: string | null,
  allowed: AllowedOrigins,
): Record<string, string> {
  const headers = corsHeaders(origin, allowed);
  if (!('access-control-allow-origin' in headers)) return headers;
  return {
    ...headers,
    vary: 'Origin, Access-Control-Request-Headers',
    'access-control-allow-methods': 'GET, POST',
    ...(requestedHeaders !== null && { 'access-control-allow-headers': requestedHeaders }),
    'access-control-max-age': String(preflightSeconds),
  };
}

function isAllowedOrigin(origin: string, allowed: AllowedOrigins): boolean {
  if (allowed.includes('*') || allowed.includes(origin)) return true;
  if (!allowed.includes('loopback') || !URL.canParse(origin)) return false;
  const { protocol, hostname } = new URL(origin);
  return /^https?:$/.test(protocol) && isLoopback(hostname);
}
