import DataLoader from 'dataloader';
import type { Hss } from '../hss/client.ts';
import { listKey, type PortList } from '../hss/list-ports.ts';
import { inChildSpan } from '../span.ts';
import type { OpenPortPage, Want } from './cut-page.ts';
import { createPortListReader } from './port-list-reader.ts';
import type { OperationCost } from '../hss/transport/operation.ts';

/** Open ports as one operation of one caller asks for them. */
export interface OpenPorts {
  /** Pages of one list: whatever is asked for in the same tick shares its reads. */
  page(list: PortList, want: Want): Promise<OpenPortPage>;
  /** Forgets everything read: after a write, HSS is asked anew. */
  clear(): void;
}

type PageLoader = DataLoader<Want, OpenPortPage, string>;

/** A DataLoader for each port list, keyed by window: the list chooses the loader, the window is the key. */
export function createOpenPorts(hss: Hss, cost: OperationCost): OpenPorts {
  const loaders = new Map<string, PageLoader>();

  function createPageLoader(list: PortList): PageLoader {
    const reader = createPortListReader(
      list,
      (offset, limit) =>
        inChildSpan('read', { attributes: { 'hss.offset': offset, 'hss.limit': limit } }, async (span) => {
          const part = await hss.listPorts(list, offset, limit);
          cost.rows += part.rows.length;
          span.setAttribute('hss.rows', part.rows.length);
          return part;
        }),
      (opened) => {
        cost.mergedWindows -= opened;
      },
    );
    return new DataLoader((wants) => reader.read(wants), {
      cacheKeyFn: ({ offset, limit, rows, hasNextPage }) => [offset, limit, rows, hasNextPage].join(' '),
    });
  }

  return {
    page(list, want) {
      cost.windows += 1;
      // Each window counts as merged until a read is opened for it.
      cost.mergedWindows += 1;
      const key = listKey(list);
      const loader = loaders.get(key) ?? createPageLoader(list);
      loaders.set(key, loader);
      return loader.load(want);
    },
    clear: () => loaders.clear(),
  };
}
