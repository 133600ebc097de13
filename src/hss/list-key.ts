import type { Endpoint } from './transport/endpoint.ts';

/**
 * Equal for reads of lists that HSS cannot tell apart: the query without limit and offset, which come last. HSS treats
 * a missing enterprise project as `0`, the default one.
 */
export function toListKey({ name }: Endpoint, query: string): string {
  // No value contains `&` or `=`: they are encoded.
  const part = query.indexOf('&limit=');
  const list = part === -1 ? query : query.slice(0, part);
  return list.includes('&enterprise_project_id=') ? `${name} ${list}` : `${name} ${list}&enterprise_project_id=0`;
}
