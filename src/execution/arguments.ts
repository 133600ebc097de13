import { Kind, getArgumentValues, isNonNullType, type FieldNode, type GraphQLField, type ValueNode } from 'graphql';
import type { Arguments, Variables } from './selection.ts';

/** The arguments of a field, coerced. Throws a GraphQLError where they are refused. */
export type ReadArguments = (variables: Variables) => Arguments;

const noArguments: Arguments = Object.freeze({});
const readNone: ReadArguments = () => noArguments;

/**
 * What graphql-js reads, without what depends on the document alone: arguments that no variable decides are coerced once, and
 * those that are a variable are coerced with it.
 */
export function compileArguments(field: GraphQLField<unknown, unknown>, node: FieldNode): ReadArguments {
  if (field.args.length === 0) return readNone;
  const read: ReadArguments = (variables) => getArgumentValues(field, node, variables);
  if (hasConstantArguments(node)) return compileConstant(read);
  return compileVariables(field, node, read);
}

function compileConstant(read: ReadArguments): ReadArguments {
  try {
    // Of all executions: who changed them would change those of others.
    const constant = Object.freeze(read({}));
    return () => constant;
  } catch {
    return read;
  }
}

/** For arguments that are all variables, and without defaults. Where one has no value, graphql-js says what that means. */
function compileVariables(
  { args }: GraphQLField<unknown, unknown>,
  { arguments: given = [] }: FieldNode,
  read: ReadArguments,
): ReadArguments {
  const pairs: (readonly [string, string])[] = [];
  for (const { name, type, defaultValue } of args) {
    const value = given.find((argument) => argument.name.value === name)?.value;
    if (value?.kind === Kind.VARIABLE) pairs.push([name, value.name.value]);
    else if (value || defaultValue !== undefined || isNonNullType(type)) return read;
  }
  return (variables) => {
    const values: Record<string, unknown> = {};
    for (const [name, variable] of pairs) {
      if (!Object.hasOwn(variables, variable) || variables[variable] === null) return read(variables);
      values[name] = variables[variable];
    }
    return values;
  };
}

/** Whether no variable decides an argument of the field. */
export const hasConstantArguments = ({ arguments: given }: FieldNode): boolean =>
  !given?.some(({ value }) => hasVariables(value));

function hasVariables(value: ValueNode): boolean {
  switch (value.kind) {
    case Kind.VARIABLE:
      return true;
    case Kind.LIST:
      return value.values.some(hasVariables);
    case Kind.OBJECT:
      return value.fields.some((field) => hasVariables(field.value));
    default:
      return false;
  }
}
