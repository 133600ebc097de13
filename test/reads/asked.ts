import type { Simulator } from '../../src/simulator/simulator.ts';

/** The lists' parts that reached HSS, as `host offset+limit`, in order of host and offset. */
export function asked({ calls }: Simulator): string[] {
  return calls
    .filter(({ method }) => method === 'GET')
    .map(({ query }) => query)
    .toSorted(
      (a, b) =>
        (a.host_id ?? '').localeCompare(b.host_id ?? '', 'en', { numeric: true }) ||
        Number(a.offset) - Number(b.offset),
    )
    .map((query) => `${query.host_id} ${query.offset}+${query.limit}`);
}
