import {
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  defaultFieldResolver,
  getNullableType,
  isLeafType,
  isListType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql';
import type { FieldNodes, Selection, Variables } from '../execution/selection.ts';
import { argumentsReader } from './arguments-reader.ts';
import { sizeOfKey } from './response-size.ts';

/** Characters of introspection per response: ten times what GraphiQL asks for. They take longer than any others. */
export const maxIntrospection = 512 * 1024;

const introspection = new Map([SchemaMetaFieldDef, TypeMetaFieldDef].map((field) => [field.name, field]));

export const isIntrospection = ([{ name }]: FieldNodes): boolean => introspection.has(name.value);

/**
 * Characters in the response to the introspection among the root fields. Only the client's selection is unknown in
 * advance, so this walks through it. It gives up above `maxIntrospection`.
 */
export function introspectionSize(
  schema: GraphQLSchema,
  selection: Selection,
  roots: readonly FieldNodes[],
  variables: Variables,
): number {
  let size = 0;

  function addField(field: GraphQLField<unknown, unknown>, nodes: FieldNodes, source: unknown): void {
    const [{ name }] = nodes;
    size += sizeOfKey(nodes);
    const resolve = field.resolve ?? defaultFieldResolver;
    const info = { schema, fieldName: name.value } as GraphQLResolveInfo;
    addValue(field.type, nodes, resolve(source, argumentsReader(field, nodes)(variables), null, info));
  }

  function addValue(type: GraphQLOutputType, nodes: FieldNodes, value: unknown): void {
    if (size > maxIntrospection) return;
    const nullable = getNullableType(type);
    size += '[],'.length;
    if (value == null || isLeafType(nullable)) {
      size += JSON.stringify(value ?? null).length;
    } else if (isListType(nullable)) {
      for (const item of value as Iterable<unknown>) addValue(nullable.ofType, nodes, item);
    } else {
      const object = nullable as GraphQLObjectType;
      for (const below of selection.below(object, nodes)) {
        const field = object.getFields()[below[0].name.value];
        if (field) addField(field, below, value);
        else size += sizeOfKey(below) + object.name.length + '""'.length;
      }
    }
  }

  for (const nodes of roots) {
    const field = introspection.get(nodes[0].name.value);
    if (field && size <= maxIntrospection) addField(field, nodes, null);
  }
  return size;
}
