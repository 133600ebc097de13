import type { Endpoint } from './transport/endpoint.ts';

const ofPart = /^(?:limit|offset)=/;

/**
 * Equal for reads of lists that HSS cannot tell apart: what it is asked, but for the part of the list. It takes a missing
 * enterprise project for `0`, the default one.
 */
export function toListKey({ name }: Endpoint, query: string): string {
  const list = query.split('&').filter((parameter) => !ofPart.test(parameter));
  if (!list.some((parameter) => parameter.startsWith('enterprise_project_id='))) list.push('enterprise_project_id=0');
  return `${name} ${list.join('&')}`;
}
