import type { Endpoint } from './transport/endpoint.ts';

/**
 * Equal for reads of lists that HSS cannot tell apart: what it is asked, but for the part of the list, which comes last. It
 * takes a missing enterprise project for `0`, the default one.
 */
export function toListKey({ name }: Endpoint, query: string): string {
  // No value holds `&` or `=`: they are encoded.
  const part = query.indexOf('&limit=');
  const list = part === -1 ? query : query.slice(0, part);
  return list.includes('&enterprise_project_id=') ? `${name} ${list}` : `${name} ${list}&enterprise_project_id=0`;
}
