import type { PortListPart } from '../hss/port-row.ts';
import type { RowLimit } from '../hss/row-limit.ts';
import { HssError } from '../hss/transport/errors.ts';

/** Asks for rows `offset` … `offset + limit - 1` of a list; fewer may come. */
export type ReadRows = (offset: number, limit: number) => Promise<PortListPart>;

/** Asks for fewer rows if HSS refuses that many at once, and remembers it. */
export function withinRowLimit(readRows: ReadRows, rowLimit: RowLimit): ReadRows {
  const read: ReadRows = async (offset, limit) => {
    try {
      const part = await readRows(offset, limit);
      rowLimit.onAnswer(limit, part.rows.length);
      return part;
    } catch (error) {
      // HSS does not tell which parameter it finds invalid.
      const isInvalid = error instanceof HssError && error.code === 'HSS.0001';
      const fewer = isInvalid ? rowLimit.below(limit) : null;
      if (fewer === null) throw error;
      const part = await read(offset, fewer);
      rowLimit.onRefused(fewer);
      return part;
    }
  };
  return read;
}
