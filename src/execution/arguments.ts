import {
  Kind,
  getArgumentValues,
  getNullableType,
  isInputObjectType,
  isNonNullType,
  valueFromAST,
  type FieldNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type ValueNode,
} from 'graphql';
import type { Arguments, Variables } from './selection.ts';

/** Gives the coerced arguments of a field. Throws a GraphQLError if they are refused. */
export type ReadArguments = (variables: Variables) => Arguments;

const noArguments: Arguments = Object.freeze({});
const readNone: ReadArguments = () => noArguments;

/**
 * Reads what graphql-js would, without repeating what depends only on the document: arguments without variables are
 * coerced once, and a variable contributes its already coerced value.
 */
export function compileArguments(field: GraphQLField<unknown, unknown>, node: FieldNode): ReadArguments {
  if (field.args.length === 0) return readNone;
  const read: ReadArguments = (variables) => getArgumentValues(field, node, variables);
  if (hasConstantArguments(node)) return compileConstant(read);
  const readGiven = compileMembers(field.args, node.arguments ?? []);
  return readGiven ? (variables) => readGiven(variables) ?? read(variables) : read;
}

function compileConstant(read: ReadArguments): ReadArguments {
  try {
    // All executions share it: a change in one would show in the others.
    const constant = Object.freeze(read({}));
    return () => constant;
  } catch {
    return read;
  }
}

/** Undefined if a variable is missing or null: graphql-js decides what that means. */
type Read<T> = (variables: Variables) => T | undefined;

/** Null if a variable occurs in a list: that is left to graphql-js. */
function compileMembers(
  definitions: readonly (GraphQLArgument | GraphQLInputField)[],
  given: readonly { readonly name: { readonly value: string }; readonly value: ValueNode }[],
): Read<Record<string, unknown>> | null {
  const fields: (readonly [string, Read<unknown>])[] = [];
  for (const { name, type, defaultValue } of definitions) {
    const node = given.find((field) => field.name.value === name)?.value;
    if (!node && defaultValue === undefined && !isNonNullType(type)) continue;
    const read = node ? compileValue(node, type) : compileDefault(defaultValue);
    if (!read) return null;
    fields.push([name, read]);
  }
  return (variables) => {
    const values: Record<string, unknown> = {};
    for (const [name, read] of fields) {
      const value = read(variables);
      if (value === undefined) return undefined;
      values[name] = value;
    }
    return values;
  };
}

function compileValue(node: ValueNode, type: GraphQLInputType): Read<unknown> | null {
  if (node.kind === Kind.VARIABLE) {
    const name = node.name.value;
    return (variables) => (Object.hasOwn(variables, name) ? (variables[name] ?? undefined) : undefined);
  }
  if (!hasVariables(node)) return compileDefault(valueFromAST(node, type));
  const nullable = getNullableType(type);
  const isObject = node.kind === Kind.OBJECT && isInputObjectType(nullable) && !nullable.isOneOf;
  return isObject ? compileMembers(Object.values(nullable.getFields()), node.fields) : null;
}

const compileDefault = (value: unknown): Read<unknown> | null => (value === undefined ? null : () => value);

/** Whether none of the field's arguments contains a variable. */
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
