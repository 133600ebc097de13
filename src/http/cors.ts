import type { YogaServerOptions } from 'graphql-yoga';
import { isLoopback } from './loopback.ts';

type Cors = Exclude<YogaServerOptions<object, object>['cors'], undefined>;

/**
 * Lets pages of these origins read answers; `*` is any, `loopback` any of this machine. To another origin nothing is said: what Yoga would say of a list,
 * `null`, is what a sandboxed page calls itself.
 */
export function toCors(origins: readonly string[]): Cors {
  return (request) => {
    const origin = request.headers.get('origin');
    if (origin === null || !isAllowed(origin, origins)) return false;
    // Of any origin Yoga names the one that asks, and tells caches so.
    return { origin: ['*'], methods: ['GET', 'POST'], exposedHeaders: ['X-Request-Id'], credentials: false };
  };
}

const isAllowed = (origin: string, origins: readonly string[]): boolean =>
  origins.includes('*') ||
  origins.includes(origin) ||
  (origins.includes('loopback') && URL.canParse(origin) && isLoopback(new URL(origin).hostname));
