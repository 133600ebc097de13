import { getArgumentValues, type GraphQLField } from 'graphql';
import type { Arguments, FieldNodes, Variables } from '../execution/selection.ts';

/** Empty where execution will refuse the arguments. */
export function argumentsOf(
  field: GraphQLField<unknown, unknown>,
  [node]: FieldNodes,
  variables: Variables,
): Arguments {
  try {
    return getArgumentValues(field, node, variables);
  } catch {
    return {};
  }
}
