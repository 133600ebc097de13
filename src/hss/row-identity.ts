import { createHash } from 'node:crypto';
import { maxPathLength } from './bounds.ts';
import type { PortRow } from './port-row.ts';

/** What distinguishes the rows of a list. Status is not part of it. */
export type IdentifyingParts = Pick<
  PortRow,
  'agentId' | 'containerId' | 'protocolText' | 'listenAddress' | 'port' | 'pid' | 'executablePath' | 'ordinal'
>;

/** The same for one row of a list, whichever read it came with, and for no other row of the list. */
export function rowIdentity(row: IdentifyingParts, ordinal = row.ordinal): string {
  return JSON.stringify([
    row.agentId,
    row.containerId,
    row.protocolText,
    textOrDigest(row.listenAddress),
    row.port,
    row.pid,
    textOrDigest(row.executablePath),
    ordinal,
  ]);
}

/** A text within HSS's bound for paths, or a digest of a longer one, which would make an id too long to read back. */
export function textOrDigest(text: string | null): string | null {
  if (text === null || text.length <= maxPathLength) return text;
  return `sha256:${createHash('sha256').update(text).digest('base64url')}`;
}

/** Most rows differ in these two, and comparing numbers is cheap. */
const roughIdentity = ({ port, pid }: PortRow): number => (pid ?? -1) * 2 ** 17 + (port ?? -1);

/** Numbers rows of one answer that nothing else distinguishes, before anything sees them. */
export function numberTwins(rows: readonly (PortRow | null)[]): void {
  const alike = new Map<number, PortRow>();
  const counts = new Map<string, number>();
  for (const row of rows) {
    if (row === null) continue;
    const first = alike.get(roughIdentity(row));
    if (first === undefined) {
      alike.set(roughIdentity(row), row);
      continue;
    }
    const firstIdentity = rowIdentity(first, 0);
    if (!counts.has(firstIdentity)) counts.set(firstIdentity, 1);
    const identity = rowIdentity(row, 0);
    const ordinal = counts.get(identity) ?? 0;
    counts.set(identity, ordinal + 1);
    (row as { ordinal: number }).ordinal = ordinal;
  }
}

/** The rows of several answers, without those repeated because the list moved between two reads. */
export function withoutRepeats(rows: readonly PortRow[]): PortRow[] {
  const alike = new Map<number, PortRow>();
  const seen = new Set<string>();
  return rows.filter((row) => {
    const first = alike.get(roughIdentity(row));
    if (first === undefined) {
      alike.set(roughIdentity(row), row);
      return true;
    }
    seen.add(rowIdentity(first));
    const identity = rowIdentity(row);
    return !seen.has(identity) && seen.add(identity);
  });
}
