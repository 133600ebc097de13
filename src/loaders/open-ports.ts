import DataLoader from 'dataloader';
import type { Hss } from '../hss/client.ts';
import { HssError } from '../hss/errors.ts';
import { listKey, type PortList } from '../hss/list-ports.ts';
import { inChildSpan } from '../span.ts';
import type { OpenPortPage, Want } from './cut-page.ts';
import { createPortListReader } from './port-list-reader.ts';
import type { Tally } from './tally.ts';

/** Open ports as one operation of one caller asks for them. */
export interface OpenPorts {
  /** Pages of one list: whatever is asked for in the same tick shares its reads. */
  page(list: PortList, want: Want): Promise<OpenPortPage>;
  /** Forgets everything read: after a write, HSS is asked anew. */
  clear(): void;
}

type PageLoader = DataLoader<Want, OpenPortPage, string>;

/**
 * Reads that nobody could foresee, of lists that are longer than they say or of ids that name no port, may double what an
 * operation was allowed, and no more.
 */
const leeway = 2;

/**
 * A DataLoader for each port list, keyed by window: the list chooses the loader, the window is the key. The operation was
 * estimated to need `mostReads` at the most.
 */
export function createOpenPorts(hss: Hss, tally: Tally, mostReads: number): OpenPorts {
  const loaders = new Map<string, PageLoader>();
  let readsLeft = leeway * mostReads;

  function createPageLoader(list: PortList): PageLoader {
    const reader = createPortListReader(
      list,
      (offset, limit) =>
        inChildSpan('read', { attributes: { 'hss.offset': offset, 'hss.limit': limit } }, async (span) => {
          if (readsLeft === 0) throw new HssError('over-budget', { sent: false });
          readsLeft -= 1;
          const part = await hss.listPorts(list, offset, limit);
          tally.rows += part.rows.length;
          span.setAttribute('hss.rows', part.rows.length);
          return part;
        }),
      (opened) => {
        tally.mergedWindows -= opened;
      },
    );
    return new DataLoader((wants) => reader.read(wants), {
      cacheKeyFn: ({ offset, limit, rows, hasNextPage }) => [offset, limit, rows, hasNextPage].join(' '),
    });
  }

  return {
    page(list, want) {
      tally.windows += 1;
      // Each window counts as merged until a read is opened for it.
      tally.mergedWindows += 1;
      const key = listKey(list);
      const loader = loaders.get(key) ?? createPageLoader(list);
      loaders.set(key, loader);
      return loader.load(want);
    },
    clear: () => loaders.clear(),
  };
}
