import { collectFields, collectSubFields } from '@graphql-tools/utils';
import {
  GraphQLError,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import type { ExecutableDocument } from './document.ts';

/** Coerced. */
export type Variables = Readonly<Record<string, unknown>>;
export type Arguments = Readonly<Record<string, unknown>>;
/** The nodes of a document that make up one field of the response: those with the same response name. */
export type FieldNodes = readonly [FieldNode, ...FieldNode[]];

/** What an operation selects, with fragments merged and `@skip` and `@include` applied. */
export interface Selection {
  readonly fragments: Record<string, FragmentDefinitionNode>;
  /** How many nodes have been collected: a plan takes memory for each of them. */
  size(): number;
  root(type: GraphQLObjectType, selectionSet: SelectionSetNode): FieldNodes[];
  /** The fields that `nodes` select on an object of that type. */
  below(type: GraphQLObjectType, nodes: FieldNodes): FieldNodes[];
}

function createSelection(schema: GraphQLSchema, document: DocumentNode, variables: Variables): Selection {
  // Clients choose the keys, and one may be `__proto__`.
  const fragments = Object.create(null) as Record<string, FragmentDefinitionNode>;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  }
  let size = 0;
  const nodesOf = ({ fields }: ReturnType<typeof collectFields>): FieldNodes[] => {
    const selected = [...fields.values()] as unknown as FieldNodes[];
    for (const nodes of selected) size += nodes.length;
    return selected;
  };
  return {
    fragments,
    size: () => size,
    root: (type, selectionSet) => nodesOf(collectFields(schema, fragments, variables, type, selectionSet)),
    // Pass the same array, not a copy: collectSubFields memoizes by its identity.
    below: (type, nodes) =>
      nodesOf(collectSubFields(schema, fragments, variables, type, nodes as unknown as FieldNode[])),
  };
}

/** Calls `make` once per type and nodes: a fragment may be spread in many places, which may be nested. */
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

/**
 * How many more nodes the remembered plans of one document may have. The documents remembered are bounded by characters
 * (operation/documents.ts), and their plans are kept with them, but fragments spread in many places have more nodes per
 * character.
 */
export interface PlanRoom {
  left: number;
}

/** Some 200 bytes per node. Typical documents, even with fragments, have one per ten characters in both plans. */
export const roomForPlans = (characters: number): PlanRoom => ({ left: 100 + characters / 2 });

/**
 * Plans a document by the variables of its `@skip` and `@include`, once for each combination of their values as long as
 * there is room; without room it is planned anew each time. Throws a GraphQLError if a condition is null.
 */
export function oncePerConditions<T>(
  schema: GraphQLSchema,
  { ast, conditions: names, locate }: ExecutableDocument,
  room: PlanRoom,
  plan: (selection: Selection) => T,
): (variables: Variables) => T {
  const plans = new Map<string, T>();
  let taken = 0;

  function located(make: () => T): T {
    try {
      return make();
    } catch (error) {
      throw error instanceof GraphQLError ? locate(error) : error;
    }
  }

  return (variables) => {
    let key = '';
    for (const name of names) key += ` ${String(variables[name])}`;
    const known = plans.get(key);
    if (known) return known;
    // All other variables belong to one caller and must not be remembered.
    const conditions = Object.fromEntries(names.map((name) => [name, variables[name]]));
    const selection = createSelection(schema, ast, conditions);
    const made = located(() => plan(selection));
    const size = selection.size();
    if (size > room.left) {
      plans.clear();
      room.left += taken;
      taken = 0;
    }
    if (size <= room.left) {
      plans.set(key, made);
      room.left -= size;
      taken += size;
    }
    return made;
  };
}
