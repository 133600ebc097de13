import { brandWithType } from '@pothos/core';
import { GraphQLID, type GraphQLResolveInfo } from 'graphql';
import { badInput } from '../errors/client-error.ts';
import { builder } from './builder.ts';
import { entities } from './entity.ts';
import { costs, sizeOfIds, type FieldCost } from './field-cost.ts';
import type { GatewayContext } from './gateway-context.ts';
import { valueOrError } from './value-or-error.ts';

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
    extensions: costs<{ representations: readonly unknown[] }>({
      mayFail: true,
      references: ({ representations = [] }) => representations.length,
      cost: ({ representations = [] }) => costOfReferences(representations),
    }),
    args: {
      representations: t.arg({
        type: [Any],
        required: true,
        description: 'The references: each has a `__typename`, Host or OpenPort, and an `id`.',
      }),
    },
    resolve: (_query, { representations }, context, info) =>
      representations.map((representation) => valueOrError(() => resolveEntity(representation, context, info))),
  }),
);

function costOfReferences(representations: readonly unknown[]): FieldCost {
  let reads = 0;
  const distinct: Record<string, number> = {};
  const given: string[] = [];
  for (const [name, entity] of entities) {
    const ids = idsOf(representations, name);
    given.push(...ids);
    distinct[name] = entity.hosts(ids);
    reads += entity.reads?.(ids) ?? 0;
  }
  return { items: representations.length, reads, distinct, below: { id: sizeOfIds(given) } };
}

/** Representations are unchecked: one without a usable id fails alone, and reads nothing. */
function idsOf(representations: readonly unknown[], typeName: string): string[] {
  return representations
    .map(toReference)
    .flatMap(({ __typename, id }) =>
      __typename === typeName && (typeof id === 'string' || typeof id === 'number') ? [String(id)] : [],
    );
}

interface Reference {
  readonly __typename?: unknown;
  readonly id?: unknown;
}

const toReference = (representation: unknown): Reference => Object(representation) as Reference;

async function resolveEntity(
  representation: unknown,
  context: GatewayContext,
  info: GraphQLResolveInfo,
): Promise<object | null> {
  const { __typename: name, id } = toReference(representation);
  const entity = typeof name === 'string' && entities.get(name);
  if (!entity) throw badInput('__typename', '`__typename` of a representation must be an entity of this subgraph.');
  const row = await entity.resolve(readId(id), context, info);
  // Tells the union which of its types the row has.
  brandWithType(row, entity.type);
  return row;
}

/** GraphQL does not check the parts of a representation: a number becomes its digits, anything else is refused. */
function readId(id: unknown): string {
  try {
    return GraphQLID.parseValue(id);
  } catch {
    throw badInput('id', '`id` of a representation must be an ID.');
  }
}
