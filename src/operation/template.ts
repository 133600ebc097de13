import {
  Kind,
  TypeInfo,
  TypeMetaFieldDef,
  visit,
  visitWithTypeInfo,
  type ASTNode,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  type StringValueNode,
} from 'graphql';
import type { PreparedOperation } from './documents.ts';
import type { Literals } from './literals.ts';

/** Types that take any string, unchanged. No list type: a literal is coerced to a list of one, a variable is not. */
const anyString = /^(?:ID|String)!?$/;

/**
 * Turns a valid shape into a document for all texts that have it: its strings become variables of the same names.
 * Returns false, and changes nothing, where strings decide more than the values of arguments.
 */
export function makeTemplate(schema: GraphQLSchema, document: DocumentNode): boolean {
  const strings: StringValueNode[] = [];
  const obstacles: ASTNode[] = [];
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      VariableDefinition(node) {
        if (node.defaultValue) obstacles.push(node);
      },
      // Errors of conditions get their locations before execution.
      Directive: (node) => void obstacles.push(node),
      Field(node) {
        // The cost of introspection is known from the document alone.
        if (node.name.value === TypeMetaFieldDef.name) obstacles.push(node);
      },
      StringValue(node) {
        if (anyString.test(String(types.getInputType()))) strings.push(node);
        else obstacles.push(node);
      },
    }),
  );
  if (obstacles.length > 0) return false;
  for (const node of strings) {
    const name = { kind: Kind.NAME, value: node.value };
    Object.assign(node, { kind: Kind.VARIABLE, name, value: undefined, block: undefined });
  }
  return true;
}

/** The operation of a template, as that of one document of its shape. */
export function fillTemplate(operation: PreparedOperation, { values, toText }: Literals): PreparedOperation {
  const relocate = (result: ExecutionResult): ExecutionResult => {
    for (const error of result.errors ?? []) Object.assign(error, { locations: error.locations?.map(toText) });
    return result;
  };
  return {
    ...operation,
    coerce: (given) => Object.assign(operation.coerce(given), values),
    executor(context, variables) {
      const result = operation.executor(context, variables);
      return result instanceof Promise ? result.then(relocate) : relocate(result);
    },
  };
}
