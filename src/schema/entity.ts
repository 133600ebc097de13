import type { MaybePromise, ObjectRef } from '@pothos/core';
import type { GraphQLResolveInfo } from 'graphql';
import type { builder } from './builder.ts';
import type { GatewayContext } from './gateway-context.ts';

type Types = typeof builder.$inferSchemaTypes;
/** Finds the object with an id; null if there is none. Throws a GraphQLError if the id is refused. */
type Resolve<Row> = (id: string, context: GatewayContext, info: GraphQLResolveInfo) => MaybePromise<Row | null>;

/** What references to one entity cost. */
interface ReferenceCost {
  /** How many hosts the ids belong to. */
  readonly hosts: (ids: readonly string[]) => number;
  /** Calls to HSS that resolving them takes. Default: none. */
  readonly reads?: (ids: readonly string[]) => number;
}

interface Entity extends ReferenceCost {
  readonly type: ObjectRef<Types, object>;
  readonly resolve: Resolve<object>;
}

/** What routers may refer to, by the name of its type. */
export const entities = new Map<string, Entity>();

/** Lets routers ask for objects of a type by their ids. The type itself tells composers so, with `@key`. */
export function addEntity<Row extends object>(
  type: ObjectRef<Types, Row>,
  resolve: Resolve<Row>,
  cost: ReferenceCost,
): void {
  entities.set(type.name, { type, resolve, ...cost });
}
