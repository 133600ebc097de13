import type { Fault } from './faults.ts';

/**
 * Rows `from` (counted from 0) up to and without `to` that a list counts and does not give: a read that comes to them
 * ends there, one that begins among them is empty. `{ ...hole, times: n }` is one that fills after n reads.
 */
export function listHole(from: number, to: number): Fault {
  return {
    when: ({ query: { offset = 0, limit = 10, host_id: isList } }) =>
      isList !== undefined && Number(offset) < to && Number(offset) + Number(limit) > from,
    answer: {
      page: (page, { query: { offset = 0 } }) => ({
        ...page,
        data_list: page.data_list.slice(0, Math.max(0, from - Number(offset))),
      }),
    },
  };
}
