import { brandWithType, type MaybePromise, type ObjectRef } from '@pothos/core';
import { GraphQLID } from 'graphql';
import { badInput } from '../errors/client-error.ts';
import { builder } from './builder.ts';
import type { GatewayContext } from './gateway-context.ts';

type Types = typeof builder.$inferSchemaTypes;
/** What stands for a reference's id; null where nothing does. Throws a GraphQLError where the id is refused. */
type Resolve<Row> = (id: string, context: GatewayContext) => MaybePromise<Row | null>;

const entities = new Map<string, { readonly type: ObjectRef<Types, object>; readonly resolve: Resolve<object> }>();

/** Lets routers ask for objects of a type by their ids. The type itself says so to composers, by `@key`. */
export function addEntity<Row extends object>(type: ObjectRef<Types, Row>, resolve: Resolve<Row>): void {
  entities.set(type.name, { type, resolve });
}

const Any = builder.scalarType('_Any', {
  description: 'A reference to an entity: an object with its `__typename` and `id`.',
});

const Entity = builder.unionType('_Entity', {
  description: 'What a router can ask this subgraph for by a reference.',
  types: () => [...entities.values()].map(({ type }) => type),
});

builder.queryField('_entities', (t) =>
  t.field({
    type: [Entity],
    nullable: { list: false, items: true },
    description:
      'For routers: entities by their references, in the order of the references. One that cannot be resolved is null, with an error.',
    args: {
      representations: t.arg({
        type: [Any],
        required: true,
        description: 'The references: each has a `__typename`, Host or OpenPort, and an `id`.',
      }),
    },
    // GraphQL takes an Error in a list for that item's failure, so that no reference takes the others with it.
    resolve: (_query, { representations }, context) =>
      representations.map((representation) =>
        resolveEntity(representation, context).catch((error: unknown) => error as Error),
      ),
  }),
);

async function resolveEntity(representation: unknown, context: GatewayContext): Promise<object | null> {
  const { __typename: name, id } = Object(representation) as { readonly __typename?: unknown; readonly id?: unknown };
  const entity = typeof name === 'string' && entities.get(name);
  if (!entity) throw badInput('__typename', 'A representation must be of an entity of this subgraph.');
  const row = await entity.resolve(readId(id), context);
  // Tells the union which of its types the row is of.
  brandWithType(row, entity.type);
  return row;
}

/** GraphQL leaves the parts of a representation unchecked: a number becomes its digits, all else is refused. */
function readId(id: unknown): string {
  try {
    return GraphQLID.parseValue(id);
  } catch {
    throw badInput('id', '`id` of a representation must be an ID.');
  }
}
