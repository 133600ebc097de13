import { minRows } from '../hss/list-ports.ts';
import type { PortListPart } from '../hss/port-row.ts';
import { clip, cutPage, failureWithin, isTooLong, neededRows, type OpenPortPage, type Want } from './cut-page.ts';
import { extentOf } from './list-extent.ts';
import { planReads, readsWithin, rowsOutside, type Read } from './plan-reads.ts';
import { trackRead, type SentRead } from './sent-read.ts';

/** Reads one port list for one operation, and keeps what it has read: no row is asked for twice. */
export interface PortListReader {
  /** For each want, in order, its page or the error of a read that it needs. */
  read(wants: readonly Want[]): Promise<(OpenPortPage | Error)[]>;
}

/**
 * Reads go out in rounds, each side by side. First those that hold a window's first row; then, as the total is known,
 * the rest of long windows as far as the list goes; and more only where the list turns out to be longer than its total.
 * `onOpened` is told how many windows opened a read; the others share those.
 */
export function createPortListReader(
  listPorts: (offset: number, limit: number) => Promise<PortListPart>,
  onOpened: (windows: number) => void,
): PortListReader {
  /** All that have gone out, by rising offset. */
  let sent: readonly SentRead[] = [];

  function send(reads: readonly Read[]): void {
    const added = reads.map((read) => trackRead(read, listPorts(read.offset, read.limit)));
    sent = [...sent, ...added].toSorted((a, b) => a.offset - b.offset);
  }

  /** Sends what the windows need now; tells how many reads that were, and how many of them opened a window. */
  function sendNext(wants: readonly Want[]): { count: number; opened: number } {
    const { total, end, likelyEnd } = extentOf(sent);
    const windows = wants.filter((want) => !isTooLong(want, total)).map(neededRows);
    const missing = windows
      .filter((window) => window !== null)
      // A window that has failed needs no more.
      .filter((window) => !failureWithin(clip(window, end), sent))
      .map((window) => ({ window, parts: rowsOutside(window, sent) }));
    // Planned for whole windows, and cut off at the end of the list afterwards: the last read has room for rows that come
    // while it is on its way, so that a list that grows is not followed in small steps.
    const plan = planReads(missing.flatMap(({ parts }) => parts)).filter(({ offset }) => offset < end);
    const opening = new Set(
      missing.flatMap(({ window, parts: [first] }) => {
        // Until the total is known, a window whose first row is on its way waits.
        if (!first || (total === null && first.offset > window.offset)) return [];
        return readsWithin({ offset: first.offset, limit: 1 }, plan);
      }),
    );
    const due = plan.filter((read) => opening.has(read) || (total !== null && read.offset <= likelyEnd));
    send(due);
    return { count: due.length, opened: opening.size };
  }

  return {
    async read(wants) {
      let { opened } = sendNext(wants);
      if (sent.length === 0) {
        // Nobody wants a row: the smallest read tells the total.
        send([{ offset: 0, limit: minRows }]);
        opened = 1;
      }
      onOpened(opened);
      // Each round asks for rows that were not asked for before, so the rounds end. What is still under way then is
      // another batch's read, and may hold rows of these windows.
      do await Promise.all(sent.map(({ ended }) => ended));
      while (sendNext(wants).count > 0 || sent.some(({ answer, failure }) => !answer && !failure));
      const extent = extentOf(sent);
      return wants.map((want) => cutPage(want, sent, extent));
    },
  };
}
