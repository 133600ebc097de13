import {
  GraphQLEnumType,
  GraphQLInputObjectType,
  GraphQLList,
  GraphQLNonNull,
  astFromValue,
  getNamedType,
  isCompositeType,
  isObjectType,
  print,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
} from 'graphql';
import { schema } from '../../src/schema/index.ts';
import type { Draw } from './draw.ts';

export interface GeneratedOperation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Names that mean something to JavaScript, to GraphQL or to nobody. */
const aliases = ['a', 'b', 'then', '__proto__', 'constructor', 'toString', 'data', 'x'.repeat(128), 'x'.repeat(129)];
const texts = ['', ' ', 'h', 'ssh', 'x'.repeat(257), '\u0000', '\u{1f600}', '0.0.0.0', '::', '__proto__'];
const numbers = [0, 1, 10, 22, 200, 201, 1000, 1001, 65_535, 65_536, -1, 2_000_000, 2_147_483_647];

/** Draws an operation that the schema has, with the ids of `ids`; whether its arguments are in bounds is left to chance. */
export function drawOperation(draw: Draw, ids: readonly string[]): GeneratedOperation {
  const variables: Record<string, unknown> = {};
  const definitions: string[] = [];
  const fragments: string[] = [];

  function drawSelections(type: GraphQLCompositeType, depth: number): string {
    const fields = isObjectType(type) ? Object.values(type.getFields()) : [];
    const members = isObjectType(type) ? [] : schema.getPossibleTypes(type);
    const selections = Array.from({ length: 1 + draw.upTo(4) }, () => {
      if (members.length > 0) {
        const member = draw.from(members);
        return `... on ${member.name} ${drawSelections(member, depth)}`;
      }
      const field = draw.from(fields);
      if (isCompositeType(getNamedType(field.type)) && depth === 0) return '__typename';
      return drawField(field, depth);
    });
    if (draw.oneIn(8)) {
      const name = `F${fragments.length}`;
      fragments.push(`fragment ${name} on ${type.name} { ${selections.join(' ')} }`);
      return `{ ...${name} }`;
    }
    return `{ ${selections.join(' ')} }`;
  }

  function drawField(field: GraphQLField<unknown, unknown>, depth: number): string {
    const alias = draw.oneIn(2) ? `${draw.from(aliases)}: ` : '';
    const given = field.args.filter((arg) => arg.type instanceof GraphQLNonNull || draw.oneIn(2));
    const args = given.length > 0 ? `(${given.map((arg) => `${arg.name}: ${drawArgument(arg)}`).join(', ')})` : '';
    const directive = draw.oneIn(8) ? ` ${draw.from(['@skip', '@include'])}(if: ${draw.from(['true', 'false'])})` : '';
    const type = getNamedType(field.type);
    const below = isCompositeType(type) ? ` ${drawSelections(type, depth - 1)}` : '';
    return alias + field.name + args + directive + below;
  }

  function drawArgument({ type }: GraphQLArgument): string {
    const value = drawValue(type);
    const isReference = getNamedType(type).name === '_Any';
    if (!isReference && !draw.oneIn(3)) return print(astFromValue(value, type) ?? ({ kind: 'NullValue' } as never));
    const name = draw.oneIn(20) ? '__proto__' : `v${definitions.length}`;
    definitions.push(`$${name}: ${String(type)}`);
    // An own property, whatever its name.
    Object.defineProperty(variables, name, { value, enumerable: true, configurable: true });
    return `$${name}`;
  }

  function drawValue(type: GraphQLInputType): unknown {
    if (type instanceof GraphQLNonNull) return drawValue(type.ofType);
    if (type instanceof GraphQLList) {
      const length = draw.oneIn(20) ? draw.upTo(3_000) : draw.upTo(4);
      const items = Array.from({ length: Math.min(length, 8) }, () => drawValue(type.ofType));
      return Array.from({ length }, (_, index) => items[index % items.length]);
    }
    if (type instanceof GraphQLInputObjectType) {
      const fields = Object.values(type.getFields());
      const given = fields.filter((field) => field.type instanceof GraphQLNonNull || draw.oneIn(3));
      return Object.fromEntries(given.map((field) => [field.name, drawValue(field.type)]));
    }
    if (type instanceof GraphQLEnumType) return draw.from(type.getValues()).value;
    switch (type.name) {
      case '_Any':
        return {
          __typename: draw.from(['Host', 'OpenPort', 'Query', 'constructor']),
          id: draw.from([...ids, ...texts]),
        };
      case 'Boolean':
        return draw.oneIn(2);
      case 'Int':
        return draw.from(numbers);
      default:
        return draw.oneIn(4) ? draw.from(texts) : draw.from(ids);
    }
  }

  const kind = draw.oneIn(5) ? 'mutation' : 'query';
  const root = kind === 'query' ? schema.getQueryType() : schema.getMutationType();
  const selections = drawSelections(root!, draw.upTo(6));
  const head = definitions.length > 0 ? `${kind} Fuzz(${definitions.join(', ')})` : kind;
  return { query: [`${head} ${selections}`, ...fragments].join('\n'), variables };
}
