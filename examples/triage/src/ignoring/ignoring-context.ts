import { createContext, useContext } from 'react';
import type { Target } from './use-set-port-ignore.ts';

type Ignore = (ignore: boolean, targets: readonly Target[]) => void;

/** How rows of the table ask; what fails as a whole is told above the table. */
export const IgnoringContext = createContext<Ignore>(() => undefined);

export function useIgnoring(): Ignore {
  return useContext(IgnoringContext);
}
