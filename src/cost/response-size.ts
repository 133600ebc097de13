import {
  getNamedType,
  isEnumType,
  isLeafType,
  isObjectType,
  isUnionType,
  type GraphQLNamedType,
  type GraphQLObjectType,
} from 'graphql';
import { rowsAskedFor } from '../schema/open-port-page.ts';
import { createCount, lengthOf, nameOf, type Field, type Selection } from './selection.ts';
import { countTargets } from '../schema/set-port-ignore-input.ts';

/** How large an answer may be. */
export interface ResponseSize {
  readonly characters: number;
  /** Fields and items that each may bring an error in place of their value. */
  readonly failures: number;
}

/** Of an error, with its message, path and extensions. */
const errorSize = 500;
/** Quotes, colon and comma, or braces. */
const punctuation = 4;
const numberSize = 11;
const wordSize = 16;
/** A text for which there is nothing better known: HSS's ids and addresses have up to 128 characters. */
const textSize = 128;
const sizeOfText: ReadonlyMap<string, number> = new Map([
  ['OpenPort.id', 320],
  ['OpenPort.executablePath', 256],
  ['SetPortIgnoreError.message', 256],
  ['_Service.sdl', 16_384],
]);

/** Looked up one by one, each with an error of its own. */
const fallible: ReadonlySet<string> = new Set(['Query.hosts', 'Query._entities', 'Host.ports']);

/** What of the arguments above decides how large an object may be. */
interface Extent {
  /** Of the list that it holds, if it is a page or a payload. */
  readonly length: number;
  /** Of the longest port id that was given. */
  readonly portIdSize: number;
}

const noExtent: Extent = { length: 0, portIdSize: 0 };

/**
 * How large the answer to an operation may be, from the operation and its variables alone. Reads are merged, but an answer
 * is written out in full: a port has a host, which has ports; an id may be given thousands of times, and a field may be
 * selected under a hundred names.
 */
export function estimateResponseSize(selection: Selection, maxPageLimit: number): ResponseSize {
  const once = createCount<ResponseSize>();

  const ofObject = (type: GraphQLObjectType, field: Field, extent: Extent): ResponseSize =>
    once(field, `${type.name} ${extent.length} ${extent.portIdSize}`, () =>
      add(text(punctuation), ...selection.below(type, field).map((selected) => ofField(type, selected, extent))),
    );

  function ofField(type: GraphQLObjectType, field: Field, extent: Extent): ResponseSize {
    const [node] = field;
    const key = text(((node?.alias ?? node?.name)?.value.length ?? 0) + punctuation);
    const name = nameOf(field) ?? '';
    const definition = type.getFields()[name];
    const named = definition && getNamedType(definition.type);
    // `__typename`; or introspection, which has bounds of its own.
    if (!named) return add(key, text(textSize));
    const coordinate = `${type.name}.${name}`;
    if (isLeafType(named)) return add(key, text(sizeOfLeaf(named, coordinate, extent)));
    const args = selection.argumentsOf(type, field);
    const item = ofNamedType(named, field, extentBelow(coordinate, args, maxPageLimit) ?? extent);
    const failure = fallible.has(coordinate) ? [{ characters: errorSize, failures: 1 }] : [];
    return add(key, times(lengthOfList(coordinate, args, extent), add(item, ...failure)));
  }

  function ofNamedType(type: GraphQLNamedType, field: Field, extent: Extent): ResponseSize {
    if (isObjectType(type)) return ofObject(type, field, extent);
    return isUnionType(type)
      ? largest(selection.schema.getPossibleTypes(type).map((one) => ofObject(one, field, extent)))
      : text(0);
  }

  return add(...selection.root().map((field) => ofField(selection.rootType, field, noExtent)));
}

const text = (characters: number): ResponseSize => ({ characters, failures: 0 });

const fold = (sizes: readonly ResponseSize[], join: (a: number, b: number) => number): ResponseSize =>
  sizes.reduce(
    (one, other) => ({
      characters: join(one.characters, other.characters),
      failures: join(one.failures, other.failures),
    }),
    text(0),
  );
const add = (...sizes: readonly ResponseSize[]): ResponseSize => fold(sizes, (a, b) => a + b);
const largest = (sizes: readonly ResponseSize[]): ResponseSize => fold(sizes, Math.max);
const times = (count: number, { characters, failures }: ResponseSize): ResponseSize => ({
  characters: count * characters,
  failures: count * failures,
});

function sizeOfLeaf(type: GraphQLNamedType, coordinate: string, { portIdSize }: Extent): number {
  if (coordinate === 'SetPortIgnoreResult.portId') return portIdSize;
  if (isEnumType(type)) return wordSize;
  return type.name === 'ID' || type.name === 'String' ? (sizeOfText.get(coordinate) ?? textSize) : numberSize;
}

type Arguments = Readonly<Record<string, unknown>>;
type Targets = Parameters<typeof countTargets>[0];

/** Null where the field leaves it as it is. */
function extentBelow(coordinate: string, args: Arguments, maxPageLimit: number): Extent | null {
  if (coordinate === 'Host.ports') return { ...noExtent, length: rowsAskedFor(args, maxPageLimit) };
  if (coordinate !== 'Mutation.setPortIgnore') return null;
  const input = (args.input ?? {}) as Targets;
  return {
    length: countTargets(input),
    portIdSize: (input.portIds ?? []).reduce((longest, { length }) => Math.max(longest, length), 0),
  };
}

/** How many items a field has. */
function lengthOfList(coordinate: string, args: Arguments, { length }: Extent): number {
  switch (coordinate) {
    case 'OpenPortPage.nodes':
    case 'SetPortIgnorePayload.results':
      return length;
    case 'Query.hosts':
      return lengthOf(args.ids);
    case 'Query._entities':
      return lengthOf(args.representations);
    default:
      return 1;
  }
}
