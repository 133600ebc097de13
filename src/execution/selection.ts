import { collectFields, collectSubFields } from '@graphql-tools/utils';
import {
  BREAK,
  Kind,
  visit,
  type ASTNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { conditionsOf } from '../schema/conditions.ts';

/** Coerced. */
export type Variables = Readonly<Record<string, unknown>>;
export type Arguments = Readonly<Record<string, unknown>>;
/** The nodes of a document that are one field of the response: those of one response name. */
export type FieldNodes = readonly [FieldNode, ...FieldNode[]];

/** What an operation selects, with fragments merged and `@skip` and `@include` decided. */
export interface Selection {
  readonly fragments: Record<string, FragmentDefinitionNode>;
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
    fragments,
    root: (type, selectionSet) => nodesOf(collectFields(schema, fragments, variables, type, selectionSet)),
    // Not a copy of the nodes: what was collected for the same ones is remembered.
    below: (type, nodes) =>
      nodesOf(collectSubFields(schema, fragments, variables, type, nodes as unknown as FieldNode[])),
  };
}

/** Makes something of a field by its type and nodes, once each: a fragment may be spread in many places, which may lie in each other. */
export function oncePerField<T>(make: (type: GraphQLObjectType, nodes: FieldNodes) => T): typeof make {
  const made = new Map<string, T>();
  const numbers = new Map<FieldNode, number>();
  const numberOf = (node: FieldNode): number => {
    const number = numbers.get(node) ?? numbers.size;
    numbers.set(node, number);
    return number;
  };
  return (type, nodes) => {
    const key = `${type.name} ${nodes.map(numberOf).join()}`;
    const known = made.get(key) ?? make(type, nodes);
    made.set(key, known);
    return known;
  };
}

/** Combinations of `@skip` and `@include`; beyond them all are worked out anew. */
const maxPlans = 32;

/** Plans a document by the variables that decide its `@skip` and `@include`, once for each combination of them. */
export function oncePerConditions<T>(
  document: DocumentNode,
  plan: (conditions: Variables) => T,
): (variables: Variables) => T {
  const names = conditionsOf(document);
  const plans = new Map<string, T>();
  return (variables) => {
    let key = '';
    for (const name of names) key += ` ${String(variables[name])}`;
    const known = plans.get(key);
    if (known) return known;
    if (plans.size === maxPlans) plans.clear();
    // All others are a caller's own, and not to be remembered.
    const made = plan(Object.fromEntries(names.map((name) => [name, variables[name]])));
    plans.set(key, made);
    return made;
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
