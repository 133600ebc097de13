import { isLoopback } from './loopback.ts';

/** @see https://www.rfc-editor.org/rfc/rfc3986#section-3.2.2 */
const hostShape = /^(\[[\da-f:.]+\]|[\w.~!$&'()*+,;=%-]*)(?::\d{0,5})?$/i;

/** A name may end with the root dot, and is the same name without it. */
const endOfName = /(?<=[^.])\.$/;

/** The name or address in a `Host` header, in lower case and without its port; null if it is neither. */
export function readHost(host: string | null): string | null {
  return host === null ? null : (hostShape.exec(host)?.[1]?.toLowerCase().replace(endOfName, '') ?? null);
}

/** Whether `allowed` has the host; `*` in it stands for any, `loopback` for any that can only be this machine. */
export function isAllowedHost(host: string, allowed: readonly string[]): boolean {
  return allowed.includes('*') || allowed.includes(host) || (allowed.includes('loopback') && isLoopback(host));
}
