import { Refusal } from './refusal.ts';
import type { SimulatorSwitches } from './switches.ts';

/** Reads query parameters within their documented bounds, and refuses other values with HSS.0001. */
export interface QueryReader {
  text(name: string, longest: number, shortest?: number): string | null;
  integer(name: string, lowest: number, highest: number): number | null;
  word(name: string, words: readonly string[]): string | null;
}

/** A reader of one request's query. Unknown parameters are ignored, as HSS does. */
export function createQueryReader(
  query: Readonly<Record<string, string>>,
  { outOfRange }: Pick<SimulatorSwitches, 'outOfRange'>,
): QueryReader {
  return {
    text(name, longest, shortest = 0) {
      const value = query[name] ?? null;
      if (value !== null && (value.length < shortest || value.length > longest)) throw new Refusal('HSS.0001');
      return value;
    },
    integer(name, lowest, highest) {
      const digits = query[name];
      if (digits === undefined) return null;
      if (!/^-?\d{1,20}$/.test(digits)) throw new Refusal('HSS.0001');
      const value = Number(digits);
      const clamped = Math.min(Math.max(value, lowest), highest);
      if (value !== clamped && outOfRange === 'reject') throw new Refusal('HSS.0001');
      return clamped;
    },
    word(name, words) {
      const value = query[name] ?? null;
      if (value !== null && !words.includes(value)) throw new Refusal('HSS.0001');
      return value;
    },
  };
}
