import type { SimulatedRow } from './hosts.ts';
import type { IgnoreState } from './ignore-state.ts';
import { toRowKey } from './row-key.ts';
import type { SimulatorSwitches } from './switches.ts';

/** The rows of a list as they are shown, given the ignored ports. */
export function toShownRows(
  rows: readonly SimulatedRow[],
  ignoreState: IgnoreState,
  { ignoredPortView }: Pick<SimulatorSwitches, 'ignoredPortView'>,
): readonly SimulatedRow[] {
  if (ignoredPortView === 'unchanged' || !ignoreState.isUsed) return rows;
  const isIgnored = (row: SimulatedRow): boolean => {
    const key = toRowKey(row);
    return key !== null && ignoreState.isShownIgnored(key);
  };
  if (ignoredPortView === 'removed') return rows.filter((row) => !isIgnored(row));
  // The manuals say that an ignored port is no longer dangerous; they say nothing about other statuses.
  return rows.map((row) => (row.status === 'danger' && isIgnored(row) ? { ...row, status: 'normal' } : row));
}
