import { collectSubFields } from '@graphql-tools/utils';
import {
  TypeNameMetaFieldDef,
  getNamedType,
  isAbstractType,
  isObjectType,
  type FieldNode,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type OperationDefinitionNode,
} from 'graphql';
import { usualName, type RowFields } from '../reads/response-bytes.ts';
import { conditionsOf } from './conditions.ts';

type Info = Pick<
  GraphQLResolveInfo,
  'schema' | 'fragments' | 'variableValues' | 'operation' | 'returnType' | 'fieldNodes'
>;

/** What is selected of a page of rows. */
export interface SelectedFields {
  /** Fields of the page, and the fields of those: `pageInfo`, `pageInfo.endCursor`. */
  readonly names: ReadonlySet<string>;
  /** Fields of its rows, counted each time they occur in the response: under several aliases, or in several lists. */
  readonly fields: RowFields;
}

interface Collected {
  readonly nodes: readonly FieldNode[];
  readonly selected: SelectedFields;
}

/** By the first node of a field, for remembered documents. */
const known = new WeakMap<FieldNode, Collected>();
const conditional = new WeakMap<OperationDefinitionNode, boolean>();

/** What is selected below a field that is a page of rows. Worked out once, unless variables decide it. */
export function selectedFields(info: Info): SelectedFields {
  const { fieldNodes } = info;
  const [first] = fieldNodes;
  const before = first && known.get(first);
  if (before && isEqual(before.nodes, fieldNodes)) return before.selected;
  const names = new Set<string>();
  const fields = createRowFields();
  for (const [name, below, nodes] of fieldsBelow(info, info.returnType, fieldNodes)) {
    names.add(name);
    for (const [nameBelow, row, rowNodes] of fieldsBelow(info, below, nodes)) {
      names.add(`${name}.${nameBelow}`);
      count(fields, nameBelow, rowNodes);
      // For an edge these are the fields of its node, for a row those of its host.
      countBelow(info, row, rowNodes, fields);
    }
  }
  const selected = { names, fields };
  if (first && !isConditional(info)) known.set(first, { nodes: fieldNodes, selected });
  return selected;
}

const ofRows = new WeakMap<Info, RowFields>();

/** What is selected of each row of a field that is a row or a list of rows; worked out once for all its rows. */
export function rowFields(info: Info): RowFields {
  const before = ofRows.get(info);
  if (before) return before;
  const fields = createRowFields();
  // Entities are of several types: only the rows among them count.
  const row = getNamedType(info.returnType);
  const type = isAbstractType(row) ? info.schema.getType('OpenPort') : row;
  countBelow(info, type as GraphQLOutputType, info.fieldNodes, fields);
  ofRows.set(info, fields);
  return fields;
}

/** Counts the fields of an object, and those of the objects in it. */
function countBelow(info: Info, type: GraphQLOutputType, nodes: readonly FieldNode[], fields: CountedFields): void {
  for (const [name, object, objectNodes] of fieldsBelow(info, type, nodes)) {
    count(fields, name, objectNodes);
    for (const [below, , belowNodes] of fieldsBelow(info, object, objectNodes)) {
      count(fields, `${name}.${below}`, belowNodes);
    }
  }
}

interface CountedFields extends RowFields {
  readonly counts: Map<string, number>;
  longNames: number;
}

const createRowFields = (): CountedFields => ({ counts: new Map(), longNames: 0 });

function count(fields: CountedFields, name: string, [node]: readonly FieldNode[]): void {
  fields.counts.set(name, (fields.counts.get(name) ?? 0) + 1);
  fields.longNames += Math.max(0, (node?.alias?.value.length ?? 0) - usualName);
}

/** A fragment's field may be alone in one place, and merged with others in another. */
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
  // Pass the same array, not a copy: collectSubFields memoizes by its identity.
  const { fields } = collectSubFields(schema, fragments, variableValues, object, nodes as FieldNode[]);
  return [...fields.values()].flatMap((below) => {
    const name = below[0]?.name.value ?? '';
    const field = name === TypeNameMetaFieldDef.name ? TypeNameMetaFieldDef : object.getFields()[name];
    return field ? [[name, field.type, below] as [string, GraphQLOutputType, FieldNode[]]] : [];
  });
}
