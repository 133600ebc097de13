import type { PortRow } from '../hss/port-row.ts';
import { once } from '../once.ts';
import type { OpenPortPage, Want } from './cut-page.ts';
import { hasFilters, type ListView } from './list-view.ts';
import type { Enqueue } from './serial-queue.ts';
import { viewRows } from './view-rows.ts';

/** All rows of one list, read once for all views of it. */
export interface WholeList {
  page(want: Want, view: ListView): Promise<OpenPortPage>;
}

/** Longer lists queue to be ordered: 2,000 rows take some 10 ms, and an operation may order them in a hundred ways. */
const maxRowsAtOnce = 200;

/** A list of more than `maxRows` is refused when its first read shows it. */
export function createWholeList(
  readPage: (want: Want) => Promise<OpenPortPage>,
  maxRows: number,
  enqueue: Enqueue,
): WholeList {
  const readAll = once(() => readPage({ offset: 0, limit: maxRows, rows: true, hasNextPage: true, maxTotal: maxRows }));
  /** Pages of one view share its order. */
  const views = new Map<string, Promise<readonly PortRow[]>>();

  return {
    async page(want, view) {
      const key = JSON.stringify(view);
      const rows =
        views.get(key) ??
        readAll().then(({ nodes }) =>
          nodes.length > maxRowsAtOnce ? enqueue(() => viewRows(nodes, view)) : viewRows(nodes, view),
        );
      views.set(key, rows);
      const page = pageOf(await rows, want);
      if (hasFilters(view)) return page;
      // An order leaves out no rows, so HSS's total stands, unless HSS has stopped counting.
      const { totalCount } = await readAll();
      return { ...page, totalCount: Math.max(totalCount, page.totalCount) };
    },
  };
}

/** A window's page, from all rows. */
export function pageOf(all: readonly PortRow[], { offset, limit, rows }: Want): OpenPortPage {
  const end = offset + limit;
  return {
    offset,
    limit,
    nodes: rows ? all.slice(offset, end) : [],
    totalCount: all.length,
    hasNextPage: all.length > end,
  };
}
