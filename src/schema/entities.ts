import { GraphQLID, type GraphQLUnionType, getNamedType, type GraphQLSchema } from 'graphql';
import { badInput } from '../errors/client-error.ts';

/** The id of a representation. GraphQL leaves these unchecked: a number becomes its digits, all else is refused. */
export function readReferenceId(id: unknown): string {
  try {
    return GraphQLID.parseValue(id);
  } catch {
    throw badInput('id', '`id` of a representation must be an ID.');
  }
}

/**
 * Makes a representation that cannot be resolved fail alone. @apollo/subgraph resolves them in one go, so that one that
 * throws takes the others, and a router's whole request, with it.
 */
export function isolateEntities(schema: GraphQLSchema): GraphQLSchema {
  const field = schema.getQueryType()?.getFields()._entities;
  const resolve = field?.resolve;
  if (!field || !resolve) throw new Error('The schema has no entities.');
  const union = getNamedType(field.type) as GraphQLUnionType;
  const names = new Set<unknown>(union.getTypes().map(({ name }) => name));

  field.resolve = (source, args: { representations: readonly unknown[] }, context, info) =>
    args.representations.map((representation) => {
      const { __typename } = representation as { __typename?: unknown };
      if (!names.has(__typename))
        return badInput('__typename', 'A representation must be of an entity of this subgraph.');
      try {
        const [entity] = resolve(source, { representations: [representation] }, context, info) as [unknown];
        return entity;
      } catch (error) {
        // GraphQL takes an Error in a list for that item's failure.
        return error;
      }
    });
  return schema;
}
