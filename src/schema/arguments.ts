import { badInput } from '../errors/client-error.ts';

/** The text, or null for one left out or empty; longer than `longest` characters is refused. */
export function readText(value: string | null | undefined, argument: string, longest: number): string | null {
  if (value == null || value === '') return null;
  if (value.length > longest) throw badInput(argument, `\`${argument}\` may have ${longest} characters at most.`);
  return value;
}

/** The text, which must have 1 to `longest` characters. */
export function readRequiredText(value: string, argument: string, longest: number): string {
  if (value === '' || value.length > longest) {
    throw badInput(argument, `\`${argument}\` must have 1 to ${longest} characters.`);
  }
  return value;
}

export function readInt(value: number, argument: string, least: number, most: number): number {
  if (value < least || value > most) throw badInput(argument, `\`${argument}\` must be between ${least} and ${most}.`);
  return value;
}
