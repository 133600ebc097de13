import { useState } from 'react';
import type { OpenPortRowFragment } from '../graphql/generated/graphql.ts';
import type { Target } from './use-set-port-ignore.ts';

/** What is selected, by `ignoreKey`: rows that HSS ignores together are selected together. */
export interface Selection {
  /** One row for each key. */
  readonly targets: readonly Target[];
  readonly has: (row: OpenPortRowFragment) => boolean;
  readonly set: (rows: readonly OpenPortRowFragment[], isSelected: boolean) => void;
  readonly clear: () => void;
}

export function useSelection(): Selection {
  const [selected, setSelected] = useState<ReadonlyMap<string, string>>(new Map());
  return {
    targets: [...selected].map(([ignoreKey, portId]) => ({ ignoreKey, portId })),
    has: ({ ignoreKey }) => ignoreKey != null && selected.has(ignoreKey),
    set(rows, isSelected) {
      const next = new Map(selected);
      for (const { id, ignoreKey } of rows) {
        if (ignoreKey == null) continue;
        if (isSelected) next.set(ignoreKey, id);
        else next.delete(ignoreKey);
      }
      setSelected(next);
    },
    clear: () => setSelected(new Map()),
  };
}
