import { badInput } from '../errors/client-error.ts';

/** The text, or null if it is left out or empty. Refuses more than `maxLength` characters. */
export function readOptionalText(value: string | null | undefined, argument: string, maxLength: number): string | null {
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

/** Refuses a list that does not have `min` to `max` items. */
export function checkCount(items: readonly unknown[], argument: string, min: number, max: number): void {
  if (items.length < min || items.length > max) {
    throw badInput(argument, `\`${argument}\` must have ${min} to ${max} items.`);
  }
}
