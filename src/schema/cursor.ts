import { maxOffset } from '../hss/bounds.ts';
import { badInput } from '../errors/client-error.ts';

const shape = /^row:(0|[1-9]\d{0,6})$/;

/** A cursor for a row, by its number in the list, from 0. Opaque to clients. */
export const toCursor = (row: number): string => Buffer.from(`row:${row}`).toString('base64url');

/** The number of the row that a cursor stands for. */
export function readCursor(cursor: string, argument: string): number {
  // The longest has 15 characters. Other texts that decode to the same row are not cursors of ours.
  const digits = cursor.length > 20 ? undefined : shape.exec(Buffer.from(cursor, 'base64url').toString())?.[1];
  const row = Number(digits);
  if (digits === undefined || row >= maxOffset || toCursor(row) !== cursor) {
    throw badInput(argument, `\`${argument}\` is not a cursor of this list.`);
  }
  return row;
}
