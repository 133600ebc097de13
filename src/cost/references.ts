import { lengthOf, nameOf, sum, type Selection } from './selection.ts';
import { countTargets } from '../schema/set-port-ignore-input.ts';

/** How many hosts and ports an operation names in its lists of ids, representations and targets, however often. */
export function estimateReferences(selection: Selection): number {
  return sum(selection.root(), (field) => {
    const { ids, representations, input } = selection.argumentsOf(selection.rootType, field);
    if (nameOf(field) === 'setPortIgnore') return countTargets(input ?? {});
    return lengthOf(ids) + lengthOf(representations);
  });
}
