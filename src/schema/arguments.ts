import { badInput } from '../errors/client-error.ts';

/** The text, or null for one left out or empty; longer than `maxLength` characters is refused. */
export function readText(value: string | null | undefined, argument: string, maxLength: number): string | null {
  if (value == null || value === '') return null;
  if (value.length > maxLength) throw badInput(argument, `\`${argument}\` may have ${maxLength} characters at most.`);
  return value;
}

/** The text, which must have 1 to `maxLength` characters. */
export function readRequiredText(value: string, argument: string, maxLength: number): string {
  if (value === '' || value.length > maxLength) {
    throw badInput(argument, `\`${argument}\` must have 1 to ${maxLength} characters.`);
  }
  return value;
}

export function readInt(value: number, argument: string, min: number, max: number): number {
  if (value < min || value > max) throw badInput(argument, `\`${argument}\` must be between ${min} and ${max}.`);
  return value;
}

/** The list, which must have `min` to `max` items. */
export function readCount<T>(items: readonly T[], argument: string, min: number, max: number): readonly T[] {
  if (items.length < min || items.length > max) {
    throw badInput(argument, `\`${argument}\` must have ${min} to ${max} items.`);
  }
  return items;
}
