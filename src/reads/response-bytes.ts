import { maxPathLength } from '../hss/bounds.ts';
import type { PortRow } from '../hss/port-row.ts';

/** Each row's fields in the response. */
export interface RowFields {
  /** How often each field occurs, by its name in the schema. */
  readonly counts: ReadonlyMap<string, number>;
  /** Characters that their aliases have beyond `usualName`. */
  readonly longNames: number;
}

/** Characters of a response name that `bytesOfField` allows for. */
export const usualName = 16;

/** Per object of the response, and per field of it, with their JSON except for texts. */
const bytesOfRow = 120;
const bytesOfField = 24;
/** An id holds its row's texts and numbers as base64. */
const idOf = (texts: number): number => 100 + 1.4 * texts;

/** About how many bytes rows take in a response with these fields. */
export function responseBytes(rows: readonly PortRow[], { counts, longNames }: RowFields): number {
  const count = (name: string): number => counts.get(name) ?? 0;
  const [ids, paths, addresses] = [count('id'), count('executablePath'), count('listenAddress')];
  const [agents, containers] = [count('agentId'), count('containerId') + count('ignoreKey')];
  let all = 0;
  for (const number of counts.values()) all += number;
  let bytes = rows.length * (bytesOfRow + bytesOfField * all + longNames);
  for (const row of rows) {
    const path = sizeOf(row.executablePath);
    const address = sizeOf(row.listenAddress);
    const agent = sizeOf(row.agentId);
    const container = sizeOf(row.containerId);
    bytes += paths * path + addresses * address + agents * agent + containers * container;
    if (ids > 0) bytes += ids * idOf(path + address + agent + container);
  }
  // Fractions would not add up to nothing when all is given back.
  return Math.ceil(bytes);
}

/** Texts within HSS's bounds are ASCII, with few exceptions; longer ones are measured. */
function sizeOf(text: string | null): number {
  if (text === null) return 0;
  return text.length > maxPathLength ? Buffer.byteLength(text) : text.length;
}
