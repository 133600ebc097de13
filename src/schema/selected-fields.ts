import { collectSubFields } from '@graphql-tools/utils';
import {
  getNamedType,
  isObjectType,
  type FieldNode,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type OperationDefinitionNode,
} from 'graphql';
import { conditionsOf } from './conditions.ts';

type Info = Pick<
  GraphQLResolveInfo,
  'schema' | 'fragments' | 'variableValues' | 'operation' | 'returnType' | 'fieldNodes'
>;

interface Collected {
  readonly nodes: readonly FieldNode[];
  readonly names: ReadonlySet<string>;
}

/** By the first node of a field, for documents that are remembered. */
const known = new WeakMap<FieldNode, Collected>();
const conditional = new WeakMap<OperationDefinitionNode, boolean>();

/**
 * Names of the fields selected below a field, and below those: `pageInfo`, `pageInfo.endCursor`. Worked out once, where no
 * variable decides.
 */
export function selectedFields(info: Info): ReadonlySet<string> {
  const { fieldNodes } = info;
  const [first] = fieldNodes;
  const before = first && known.get(first);
  if (before && isEqual(before.nodes, fieldNodes)) return before.names;
  const names = new Set<string>();
  for (const [name, below, nodes] of fieldsBelow(info, info.returnType, fieldNodes)) {
    names.add(name);
    for (const [nameBelow] of fieldsBelow(info, below, nodes)) names.add(`${name}.${nameBelow}`);
  }
  if (first && !isConditional(info)) known.set(first, { nodes: fieldNodes, names });
  return names;
}

/** A fragment's field may be alone in one place, and have company in another. */
const isEqual = (one: readonly FieldNode[], other: readonly FieldNode[]): boolean =>
  one.length === other.length && one.every((node, index) => node === other[index]);

function isConditional({ operation, fragments }: Info): boolean {
  const is = conditional.get(operation) ?? conditionsOf(operation, ...Object.values(fragments)).length > 0;
  conditional.set(operation, is);
  return is;
}

function fieldsBelow(
  { schema, fragments, variableValues }: Info,
  type: GraphQLOutputType,
  nodes: readonly FieldNode[],
): [string, GraphQLOutputType, readonly FieldNode[]][] {
  const object = getNamedType(type);
  if (!isObjectType(object)) return [];
  // Not a copy of the nodes: what was collected for the same ones is remembered.
  const { fields } = collectSubFields(schema, fragments, variableValues, object, nodes as FieldNode[]);
  return [...fields.values()].flatMap((below) => {
    const name = below[0]?.name.value ?? '';
    const field = object.getFields()[name];
    return field ? [[name, field.type, below] as [string, GraphQLOutputType, FieldNode[]]] : [];
  });
}
