import { isLoopback } from './loopback.ts';

/** @see https://www.rfc-editor.org/rfc/rfc3986#section-3.2.2 */
const hostShape = /^(\[[\da-f:.]+\]|[\w.~!$&'()*+,;=%-]*)(?::\d{0,5})?$/i;

/** The name or address in a `Host` header, in lower case and without its port; null where it is none. */
export function readHost(host: string | null): string | null {
  return host === null ? null : (hostShape.exec(host)?.[1]?.toLowerCase() ?? null);
}

/** Whether `allowed` has the host; `*` in it stands for any, `loopback` for any that can only be this machine. */
export function isAllowedHost(host: string, allowed: readonly string[]): boolean {
  return allowed.includes('*') || allowed.includes(host) || (allowed.includes('loopback') && isLoopback(host));
}
