import {
  buildSchema,
  getNullableType,
  isIntrospectionType,
  isListType,
  isObjectType,
  type GraphQLField,
  type GraphQLSchema,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { schema } from '../../src/schema/index.ts';

/** Its resolver takes the context, by which alone HSS is reached. */
const mayCall = ({ resolve }: GraphQLField<unknown, unknown>): boolean => (resolve?.length ?? 0) >= 3;

const isList = ({ type }: GraphQLField<unknown, unknown>): boolean => isListType(getNullableType(type));

/** Fields that list something or may call HSS, and do not say what they cost. */
function undeclaredFields(of: GraphQLSchema): string[] {
  return Object.values(of.getTypeMap())
    .filter((type) => isObjectType(type) && !isIntrospectionType(type))
    .flatMap((type) =>
      Object.values(isObjectType(type) ? type.getFields() : {})
        .filter((field) => (isList(field) || mayCall(field)) && field.extensions.cost === undefined)
        .map((field) => `${type.name}.${field.name}`),
    );
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
});
