import { maxOffset } from '../hss/bounds.ts';
import { badInput } from '../errors/client-error.ts';

const shape = /^row:(0|[1-9]\d{0,6})$/;

/** Stands for a row by its number in its list, from 0 on. Opaque to clients. */
export const toCursor = (row: number): string => Buffer.from(`row:${row}`).toString('base64url');

/** The number of the row that a cursor stands for. */
export function readCursor(cursor: string, argument: string): number {
  // The longest has 11 characters, and whatever decodes to the same is no cursor of ours.
  const digits = cursor.length > 20 ? undefined : shape.exec(Buffer.from(cursor, 'base64url').toString())?.[1];
  const row = Number(digits);
  if (digits === undefined || row >= maxOffset || toCursor(row) !== cursor) {
    throw badInput(argument, `\`${argument}\` is no cursor of this list.`);
  }
  return row;
}
