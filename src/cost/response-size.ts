import { isEnumType, type GraphQLLeafType } from 'graphql';
import type { FieldNodes } from '../execution/selection.ts';

// Sizes are in characters of the response: bytes if its texts are ASCII.

/** Quotes, colon and comma, or braces. */
export const punctuation = 4;
/** The name of a field in the response. */
export const sizeOfKey = ([{ alias, name }]: FieldNodes): number => (alias ?? name).value.length + punctuation;
/** An index in the path of an error. */
export const indexSize = 6;
/** Everything around the root fields, including the operation's cost. */
export const envelopeSize = 512;

/** An error with its message and extensions … */
const errorSize = 500;
/** … and each of its locations. */
const locationSize = 36;

/** An error without its path; `locations` is the number of places in the document that select its field. */
export const sizeOfError = (locations: number): number => errorSize + locations * locationSize;

const numberSize = 11;
/** A text whose field declares no size: HSS's ids and addresses have up to 128 characters. */
const textSize = 130;

export function sizeOfLeaf(type: GraphQLLeafType): number {
  if (isEnumType(type)) return Math.max(...type.getValues().map(({ name }) => name.length)) + 2;
  return type.name === 'ID' || type.name === 'String' ? textSize : numberSize;
}
