import type { Fault } from './faults.ts';

/**
 * Rows `from` (counted from 0) up to but not including `to` that a list counts but does not return: a read that reaches
 * them ends there, and one that begins among them is empty. `{ ...hole, times: n }` is a hole that fills after n reads.
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
