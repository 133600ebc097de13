import {
  getNamedType,
  isLeafType,
  isObjectType,
  isUnionType,
  type GraphQLNamedType,
  type GraphQLObjectType,
} from 'graphql';
import { rowsAskedFor } from './open-port-page.ts';
import { createCount, nameOf, sum, type Field, type Selection } from './selection.ts';

/**
 * How many values the answer to an operation may hold, objects and leaves, from the operation and its variables alone.
 * Reads are merged, but an answer is written out in full: a port has a host, which has ports, and an id may be given
 * thousands of times.
 */
export function estimateValues(selection: Selection, maxPageLimit: number): number {
  const once = createCount();

  /** Of one object, without itself; `length` is that of the list it holds, if it is a page or a payload. */
  const ofObject = (type: GraphQLObjectType, field: Field, length: number): number =>
    once(field, `${type.name} ${length}`, () =>
      sum(selection.below(type, field), (selected) => ofField(type, selected, length)),
    );

  function ofField(type: GraphQLObjectType, field: Field, length: number): number {
    const name = nameOf(field) ?? '';
    const definition = type.getFields()[name];
    const named = definition && getNamedType(definition.type);
    // A leaf, no list in this schema; or `__typename` and introspection, which has bounds of its own.
    if (!named || isLeafType(named)) return 1;
    const coordinate = `${type.name}.${name}`;
    const args = selection.argumentsOf(type, field);
    const items = coordinate === 'OpenPortPage.nodes' || coordinate === 'SetPortIgnorePayload.results' ? length : 1;
    const item = 1 + ofNamedType(named, field, lengthWithin(coordinate, args, maxPageLimit));
    return (lengthOfRoot(coordinate, args) ?? items) * item;
  }

  function ofNamedType(type: GraphQLNamedType, field: Field, length: number): number {
    if (isObjectType(type)) return ofObject(type, field, length);
    return isUnionType(type)
      ? Math.max(...selection.schema.getPossibleTypes(type).map((one) => ofObject(one, field, length)))
      : 0;
  }

  return sum(selection.root(), (field) => ofField(selection.rootType, field, 0));
}

type Arguments = Readonly<Record<string, unknown>>;

/** How long the list is that the value of a field holds. */
function lengthWithin(coordinate: string, args: Arguments, maxPageLimit: number): number {
  if (coordinate === 'Host.ports') return rowsAskedFor(args, maxPageLimit);
  if (coordinate !== 'Mutation.setPortIgnore') return 0;
  const { portIds, ports } = (args.input ?? {}) as { portIds?: unknown; ports?: unknown };
  return lengthOf(portIds) + lengthOf(ports);
}

/** How long the list is that a root field is; null where it is none. */
function lengthOfRoot(coordinate: string, args: Arguments): number | null {
  if (coordinate === 'Query.hosts') return lengthOf(args.ids);
  return coordinate === 'Query._entities' ? lengthOf(args.representations) : null;
}

const lengthOf = (list: unknown): number => (Array.isArray(list) ? list.length : 0);
