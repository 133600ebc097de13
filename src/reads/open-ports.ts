import DataLoader from 'dataloader';
import type { Hss } from '../hss/client.ts';
import { listKey, type PortList } from '../hss/list-ports.ts';
import type { RowLimit } from '../hss/row-limit.ts';
import type { Memory } from '../hss/transport/memory.ts';
import type { OperationCost } from '../hss/transport/operation.ts';
import { inChildSpan } from '../span.ts';
import { neededRows, type OpenPortPage, type Want } from './cut-page.ts';
import { hasFilters, narrow, type ListView } from './list-view.ts';
import { createPortListReader } from './port-list-reader.ts';
import { createOperationQueue } from './serial-queue.ts';
import { responseBytes } from './response-bytes.ts';
import { createWholeList, pageOf, type WholeList } from './whole-list.ts';

/** Open ports, as one operation of one caller requests them. */
export interface OpenPorts {
  /**
   * A page of a list: pages requested in the same tick share reads. A view that HSS does not support is served from the
   * whole list, and its total is the number of rows that match.
   */
  page(list: PortList, want: Want, view?: ListView | null): Promise<OpenPortPage>;
  /** Forgets everything read: after a write, HSS is asked again. */
  clear(): void;
}

/** A DataLoader for each port list, keyed by window: the list chooses the loader, the window is the key. */
interface ListLoaders {
  readonly key: string;
  readonly pages: DataLoader<Want, OpenPortPage, string>;
  readonly whole: WholeList;
}

const describeRead = (offset: number, limit: number) => () =>
  ['read', { attributes: { 'hss.offset': offset, 'hss.limit': limit } }] as const;

const allRows = { offset: 0, limit: Infinity };

/** What all operations have in common. */
export interface OpenPortsOptions {
  readonly rowLimit: RowLimit;
  readonly memory: Memory;
  /** The longest list that is filtered or ordered here. */
  readonly maxWholeListRows: number;
}

export function createOpenPorts(
  hss: Pick<Hss, 'listPorts'>,
  cost: OperationCost,
  options: OpenPortsOptions,
): OpenPorts {
  const loaders = new Map<string, ListLoaders>();
  const enqueue = createOperationQueue();

  function createListLoaders(list: PortList, key: string): ListLoaders {
    const reader = createPortListReader(
      (offset, limit) =>
        inChildSpan(describeRead(offset, limit), async (span) => {
          const part = await hss.listPorts(list, offset, limit);
          options.memory.hold(cost, part.bytes);
          cost.rows += part.rows.length;
          for (const row of part.rows) if (row === null) cost.foreignRows += 1;
          span.setAttribute('hss.rows', part.rows.length);
          return part;
        }),
      options.rowLimit,
      (opened) => {
        cost.mergedWindows -= opened;
      },
    );
    const pages = new DataLoader<Want, OpenPortPage, string>((wants) => reader.read(wants), {
      cacheKeyFn: ({ offset, limit, rows, hasNextPage, maxTotal }) =>
        `${offset} ${limit} ${rows} ${hasNextPage} ${maxTotal}`,
    });
    return { key, pages, whole: createWholeList((want) => pages.load(want), options.maxWholeListRows, enqueue) };
  }

  function loadersOf(list: PortList): ListLoaders {
    const key = listKey(list);
    const known = loaders.get(key) ?? createListLoaders(list, key);
    loaders.set(key, known);
    return known;
  }

  return {
    async page(asked, want, asView = null) {
      const narrowed = asView ? narrow(asked, asView) : { list: asked, view: null };
      if (narrowed === null) return pageOf([], want);
      cost.windows += 1;
      // Each window counts as merged until a read is opened for it.
      cost.mergedWindows += 1;
      const { list, view } = narrowed;
      const { key, pages, whole } = loadersOf(list);
      // An order alone affects only the rows.
      const isWhole = view !== null && (want.rows || hasFilters(view));
      cost.pages?.push({ list: key, rows: isWhole ? allRows : neededRows(want) });
      const page = await (isWhole ? whole.page(want, view) : pages.load(want));
      if (want.fields) options.memory.hold(cost, responseBytes(page.nodes, want.fields));
      return page;
    },
    clear: () => loaders.clear(),
  };
}
