import { collectFields, collectSubFields } from '@graphql-tools/utils';
import {
  BREAK,
  Kind,
  getArgumentValues,
  visit,
  type ASTNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';

/** Coerced. */
export type Variables = Readonly<Record<string, unknown>>;
export type Arguments = Readonly<Record<string, unknown>>;
/** The nodes of a document that are one field of the response: those of one response name. */
export type FieldNodes = readonly [FieldNode, ...FieldNode[]];

/** What an operation selects, as its execution collects it: fragments merged, `@skip` and `@include` decided. */
export interface Selection {
  root(type: GraphQLObjectType, selectionSet: SelectionSetNode): FieldNodes[];
  /** The fields that `nodes` select on an object of that type. */
  below(type: GraphQLObjectType, nodes: FieldNodes): FieldNodes[];
}

export function createSelection(schema: GraphQLSchema, document: DocumentNode, variables: Variables): Selection {
  // Its keys are chosen by clients, and one may be `__proto__`.
  const fragments = Object.create(null) as Record<string, FragmentDefinitionNode>;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  }
  const nodesOf = ({ fields }: ReturnType<typeof collectFields>): FieldNodes[] =>
    [...fields.values()] as unknown as FieldNodes[];
  return {
    root: (type, selectionSet) => nodesOf(collectFields(schema, fragments, variables, type, selectionSet)),
    // Not a copy of the nodes: what was collected for the same ones is remembered.
    below: (type, nodes) =>
      nodesOf(collectSubFields(schema, fragments, variables, type, nodes as unknown as FieldNode[])),
  };
}

export function hasVariables(node: ASTNode): boolean {
  let isFound = false;
  visit(node, {
    Variable() {
      isFound = true;
      return BREAK;
    },
  });
  return isFound;
}

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
