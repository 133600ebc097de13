import type { GraphQLObjectType, GraphQLSchema } from 'graphql';

/** Describes what the federation plugin adds, as all else is described for who reads the schema in GraphiQL. */
export function describeFederation(schema: GraphQLSchema): GraphQLSchema {
  const query = schema.getQueryType()?.getFields();
  const service = schema.getType('_Service') as GraphQLObjectType;
  const described: readonly [{ description?: string | null | undefined } | undefined, string][] = [
    [schema.getType('_Any'), 'A reference to an entity: an object with its `__typename` and `id`.'],
    [schema.getType('_Entity'), 'What a router can ask this subgraph for by a reference.'],
    [service, 'What this subgraph tells a router of itself.'],
    [service.getFields().sdl, 'The schema of this subgraph, with its federation directives.'],
    [query?._service, 'For routers: the schema of this subgraph. Needs no token.'],
    [
      query?._entities,
      'For routers: entities by their references, in the order of the references. One that cannot be resolved is null, with an error.',
    ],
    [query?._entities?.args[0], 'The references: each has a `__typename`, Host or OpenPort, and an `id`.'],
  ];
  for (const [member, description] of described) {
    if (!member) throw new Error(`The schema lacks what is described as: ${description}`);
    member.description = description;
  }
  return schema;
}
