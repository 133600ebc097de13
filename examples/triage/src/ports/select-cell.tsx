import type { OpenPortRowFragment } from '../graphql/generated/graphql.ts';
import type { Selection } from '../ignoring/selection.ts';
import { portName } from './port-name.ts';

interface SelectRowProps {
  readonly row: OpenPortRowFragment;
  readonly selection: Selection;
}

export function SelectRow({ row, selection }: SelectRowProps) {
  return (
    <input
      type="checkbox"
      aria-label={`Select port ${portName(row)}`}
      disabled={row.ignoreKey == null}
      checked={selection.has(row)}
      onChange={({ target }) => selection.set([row], target.checked)}
    />
  );
}

interface SelectAllProps {
  readonly rows: readonly OpenPortRowFragment[];
  readonly selection: Selection;
}

/** Of the rows read so far. */
export function SelectAll({ rows, selection }: SelectAllProps) {
  const able = rows.filter(({ ignoreKey }) => ignoreKey != null);
  const isAll = able.length > 0 && able.every((row) => selection.has(row));
  return (
    <input
      type="checkbox"
      aria-label="Select all ports read so far"
      disabled={able.length === 0}
      checked={isAll}
      ref={(box) => {
        if (box) box.indeterminate = !isAll && able.some((row) => selection.has(row));
      }}
      onChange={({ target }) => selection.set(able, target.checked)}
    />
  );
}
