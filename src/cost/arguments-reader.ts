import type { GraphQLField } from 'graphql';
import { compileArguments, type ReadArguments } from '../execution/arguments.ts';
import type { FieldNodes } from '../execution/selection.ts';

/** Reads the arguments of a field. They are empty if execution will refuse them. */
export function argumentsReader(field: GraphQLField<unknown, unknown>, [node]: FieldNodes): ReadArguments {
  const read = compileArguments(field, node);
  return (variables) => {
    try {
      return read(variables);
    } catch {
      return {};
    }
  };
}
