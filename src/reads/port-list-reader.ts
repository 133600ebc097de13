import { maxOffset, minRows } from '../hss/bounds.ts';
import type { RowLimit } from '../hss/row-limit.ts';
import { clip, cutPage, failureWithin, isTooLong, neededRows, type OpenPortPage, type Want } from './cut-page.ts';
import { extentOf, maxGapReads, type ListExtent } from './list-extent.ts';
import { planReads, readsWithin, rowsOutside, type Read, type Window } from './plan-reads.ts';
import { withinRowLimit, type ReadRows } from './read-rows.ts';
import { trackRead, type SentRead } from './sent-read.ts';

/** Reads one port list for one operation, and keeps what it has read: no row is asked for again once it has come. */
export interface PortListReader {
  /** For each want, in order, its page or the error of a read that it needs. */
  read(wants: readonly Want[]): Promise<(OpenPortPage | Error)[]>;
}

/**
 * Reads go out in rounds, those of a round in parallel. First those that hold a window's first row; then, once the
 * total is known, the rest of long windows as far as the list goes; and more if reads came back short, or the list is
 * longer than its total. `onOpened` is told how many windows opened a read; the others share those.
 */
export function createPortListReader(
  readRows: ReadRows,
  rowLimit: RowLimit,
  onOpened: (windows: number) => void,
): PortListReader {
  const readWithinLimit = withinRowLimit(readRows, rowLimit);
  /** All reads sent, sorted by offset. */
  let sent: readonly SentRead[] = [];

  function send(reads: readonly Read[]): void {
    const added = reads.map((read) => {
      const answered = readWithinLimit(read.offset, read.limit);
      return trackRead(read, answered, (rows) => rows > 0 && noteShortReads(sent, read.offset, rowLimit));
    });
    sent = [...sent, ...added].toSorted((a, b) => a.offset - b.offset);
  }

  /** Sends the reads that the windows need now; returns how many, and how many of them opened a window. */
  function sendNext(wants: readonly Want[], extent: ListExtent): { count: number; opened: number } {
    const { total, end, likelyEnd } = extent;
    const max = rowLimit.max();
    const missing: { readonly window: Window; readonly parts: readonly Window[] }[] = [];
    for (const want of wants) {
      const window = isTooLong(want, total) ? null : neededRows(want);
      // A window that has failed needs no more.
      if (window === null || failureWithin(clip(window, end), extent, sent)) continue;
      const parts = partsToRead(rowsOutside(window, extent.held), extent, max);
      if (parts.length > 0) missing.push({ window, parts });
    }
    if (missing.length === 0) return { count: 0, opened: 0 };
    // Planned for whole windows, and cut off at the end of the list afterwards: the last read has room for rows that
    // are added while it is under way, so that a growing list is not followed in small steps.
    const plan = planReads(
      missing.flatMap(({ parts }) => parts),
      max,
    ).filter(({ offset }) => offset < end && !isLastReadAgain(offset));
    const opening = new Set<Read>();
    for (const { window, parts } of missing) {
      const first = parts[0] as Window;
      // Until the total is known, a window whose first row is on its way waits.
      if (total === null && first.offset > window.offset) continue;
      for (const read of readsWithin({ offset: first.offset, limit: 1 }, plan)) opening.add(read);
    }
    const due = plan.filter((read) => opening.has(read) || (total !== null && read.offset <= likelyEnd));
    send(due);
    return { count: due.length, opened: opening.size };
  }

  /** The last rows that HSS can be asked for begin at its largest offset, however many of them it returns. */
  const isLastReadAgain = (offset: number): boolean =>
    offset === maxOffset && sent.some((read) => read.offset === maxOffset);

  return {
    async read(wants) {
      let { opened } = sendNext(wants, extentOf(sent, rowLimit));
      if (sent.length === 0) {
        // No want needs rows: the smallest read tells the total.
        send([{ offset: 0, limit: minRows }]);
        opened = 1;
      }
      onOpened(opened);
      // The rounds are finite: each asks only for rows that have not come, and for those of a gap at most `maxGapReads`
      // times. A read still under way then belongs to another batch, and may bring rows of these windows.
      let extent: ListExtent;
      do {
        for (const { ended } of sent) await ended;
        extent = extentOf(sent, rowLimit);
      } while (sendNext(wants, extent).count > 0 || sent.some(({ answer, failure }) => !answer && !failure));
      return wants.map((want) => cutPage(want, sent, extent));
    },
  };
}

/** What to read next of the parts that a window lacks. */
function partsToRead(parts: readonly Window[], { gaps }: ListExtent, max: number): readonly Window[] {
  const [first] = parts;
  const gap = first && gaps.get(first.offset);
  if (!gap) return parts;
  // Until the gap fills, nothing after it is of use.
  if (gap.reads < maxGapReads) return [{ offset: first.offset, limit: Math.min(first.limit, max) }];
  return gap.probes.map((offset) => ({ offset, limit: 1 }));
}

/** Notes reads that ended where a read with rows begins: there were more rows than they returned. */
function noteShortReads(reads: readonly SentRead[], offset: number, rowLimit: RowLimit): void {
  for (const { offset: start, limit, answer } of reads) {
    const rows = answer?.rows.length ?? 0;
    if (rows > 0 && rows < limit && start + rows === offset) rowLimit.onShortAnswer(rows);
  }
}
