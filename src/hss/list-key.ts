import type { Endpoint } from './transport/endpoint.ts';

/**
 * Equal for reads of lists that HSS cannot tell apart: what it is asked, but for the part of the list. It takes a missing
 * enterprise project for `0`, the default one.
 */
export function toListKey({ name }: Endpoint, query: URLSearchParams): string {
  const list = new URLSearchParams(query);
  list.delete('limit');
  list.delete('offset');
  if (!list.has('enterprise_project_id')) list.set('enterprise_project_id', '0');
  return `${name} ${list.toString()}`;
}
