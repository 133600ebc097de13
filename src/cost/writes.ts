import { countWrites } from '../writes/port-change.ts';
import type { Settings } from '../schema/gateway-context.ts';
import { nameOf, sum, type Selection } from './selection.ts';
import { readTargets } from '../schema/set-port-ignore-input.ts';

/** How many calls of BatchModifyPortStatus an operation makes, but for retries. What its field refuses makes none. */
export function estimateWrites(selection: Selection, settings: Settings): number {
  return sum(selection.root(), (field) => {
    if (nameOf(field) !== 'setPortIgnore') return 0;
    const { input } = selection.argumentsOf(selection.rootType, field);
    try {
      return countWrites(readTargets(input as Parameters<typeof readTargets>[0], settings));
    } catch {
      return 0;
    }
  });
}
