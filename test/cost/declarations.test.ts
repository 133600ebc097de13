import {
  buildSchema,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isIntrospectionType,
  isListType,
  isObjectType,
  isRequiredArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { costs, declaredCost, type FieldCost } from '../../src/schema/field-cost.ts';
import { schema } from '../../src/schema/index.ts';

interface Field {
  /** `Type.field` */
  readonly name: string;
  readonly type: GraphQLNamedType;
  readonly field: GraphQLField<unknown, unknown>;
}

/** All fields of a schema but for introspection's. */
const fieldsOf = (of: GraphQLSchema): Field[] =>
  Object.values(of.getTypeMap()).flatMap((type) =>
    isObjectType(type) && !isIntrospectionType(type)
      ? Object.values(type.getFields()).map((field) => ({ name: `${type.name}.${field.name}`, type, field }))
      : [],
  );

/** Its resolver takes the context, by which alone HSS is reached. */
const mayCall = ({ field: { resolve } }: Field): boolean => (resolve?.length ?? 0) >= 3;

const isList = ({ field: { type } }: Field): boolean => isListType(getNullableType(type));

/** Fields that list something or may call HSS, and do not say what they cost. */
const undeclaredFields = (of: GraphQLSchema): string[] =>
  fieldsOf(of)
    .filter((one) => (isList(one) || mayCall(one)) && one.field.extensions.cost === undefined)
    .map(({ name }) => name);

/** Required arguments with nothing in them. */
const leastArguments = ({ args }: GraphQLField<unknown, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    args
      .filter(isRequiredArgument)
      .map(({ name, type }) => [
        name,
        isInputObjectType(getNamedType(type)) ? {} : isListType(getNullableType(type)) ? [] : '',
      ]),
  );

/** Lists whose length is said neither by them nor by each field above them: they would count as one item. */
function unsizedLists(of: GraphQLSchema): string[] {
  const settings = { maxPageLimit: 1_000, maxWholeListRows: 2_000, enterpriseProjectId: null };
  const context = { schema: of, settings, selects: () => true };
  const costOf = ({ field }: Field): FieldCost => {
    const { cost = {} } = declaredCost(field);
    return typeof cost === 'function' ? cost(leastArguments(field), context) : cost;
  };
  const isSized = (list: Field): boolean => {
    if (costOf(list).items !== undefined) return true;
    const above = fieldsOf(of).filter(({ field }) => getNamedType(field.type) === list.type);
    return above.length > 0 && above.every((one) => costOf(one).below?.[list.field.name]?.items !== undefined);
  };
  return fieldsOf(of)
    .filter((one) => isList(one) && !isSized(one))
    .map(({ name }) => name);
}

describe('a field that lists something or calls HSS', () => {
  it('declares its cost', () => {
    expect(undeclaredFields(schema)).toEqual([]);
  });

  it('is found where it does not', () => {
    const careless = buildSchema('type Query { list: [Int!]! call: Int plain: Int }');
    careless.getQueryType()!.getFields().call!.resolve = (_query, _args, context) => context as number;
    expect(undeclaredFields(careless)).toEqual(['Query.list', 'Query.call']);
  });

  it('says how long its list may be, or the fields above do', () => {
    expect(unsizedLists(schema)).toEqual([]);
  });

  it('is found where nobody says it', () => {
    const careless = buildSchema('type Query { list: [Int!]! one: Page other: Page } type Page { nodes: [Int!]! }');
    const { list, one } = careless.getQueryType()!.getFields();
    list!.extensions = costs({ cost: { items: 3 } });
    one!.extensions = costs({ cost: { below: { nodes: { items: 3 } } } });
    expect(unsizedLists(careless)).toEqual(['Page.nodes']);
  });
});
