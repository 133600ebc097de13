import { collectFields, collectSubFields } from '@graphql-tools/utils';
import {
  Kind,
  OperationTypeNode,
  getArgumentValues,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';

export interface Selectable {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** Coerced. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The nodes of a document that are one field of the answer: those of one response name. */
export type Field = readonly FieldNode[];

/** What an operation selects, as its execution will collect it: fragments merged, `@skip` and `@include` decided. */
export interface Selection {
  readonly schema: GraphQLSchema;
  readonly rootType: GraphQLObjectType;
  root(): Field[];
  /** The fields that `field` selects on an object of that type. */
  below(type: GraphQLObjectType, field: Field): Field[];
  /** Empty where execution will refuse the arguments. */
  argumentsOf(type: GraphQLObjectType, field: Field): Readonly<Record<string, unknown>>;
}

export const nameOf = ([node]: Field): string | undefined => node?.name.value;

export function createSelection({ schema, document, operation, variables }: Selectable): Selection {
  const isMutation = operation.operation === OperationTypeNode.MUTATION;
  const rootType = (isMutation ? schema.getMutationType() : schema.getQueryType()) as GraphQLObjectType;
  // Its keys are chosen by clients, and one may be `__proto__`.
  const fragments = Object.create(null) as Record<string, FragmentDefinitionNode>;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  }
  return {
    schema,
    rootType,
    root: () => [...collectFields(schema, fragments, variables, rootType, operation.selectionSet).fields.values()],
    // Not a copy of the nodes: what was collected for the same ones is remembered.
    below: (type, field) => [
      ...collectSubFields(schema, fragments, variables, type, field as FieldNode[]).fields.values(),
    ],
    argumentsOf(type, [node]) {
      const field = node && type.getFields()[node.name.value];
      if (!field) return {};
      try {
        return getArgumentValues(field, node, variables);
      } catch {
        return {};
      }
    },
  };
}

/**
 * Counts what is below a field, each field once: a fragment may be spread in many places, which may lie in each other,
 * and counting it anew at each would take a time that multiplies.
 */
export function createCount<T>(): (field: Field, context: string | number, count: () => T) => T {
  const numbers = new Map<FieldNode, number>();
  const counted = new Map<string, T>();
  const numberOf = (node: FieldNode): number => {
    const number = numbers.get(node) ?? numbers.size;
    numbers.set(node, number);
    return number;
  };
  return (field, context, count) => {
    const key = `${context} ${field.map(numberOf).join()}`;
    const known = counted.get(key) ?? count();
    counted.set(key, known);
    return known;
  };
}

export const lengthOf = (list: unknown): number => (Array.isArray(list) ? list.length : 0);

export function sum<T>(items: readonly T[], count: (item: T) => number): number {
  return items.reduce((total, item) => total + count(item), 0);
}
