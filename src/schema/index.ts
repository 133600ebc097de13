import type { GraphQLSchema } from 'graphql';
import { builder } from './builder.ts';
// In the order of the fields of Query.
import './host.ts';
import './host-ports.ts';
import './open-port-lookup.ts';
import './set-port-ignore.ts';
import './entities.ts';
import { printClientSchema, printSubgraph } from './subgraph.ts';

/** The subgraph `hss`, with its members in the order of the source. */
export const schema: GraphQLSchema = builder.toSchema({ sortSchema: false });

/** The SDL of each file, by its name. */
export const printSchemas = (): ReadonlyMap<string, string> =>
  new Map([
    // For composers …
    ['schema.graphql', printSubgraph(schema)],
    // … and for clients.
    ['api.graphql', printClientSchema(schema)],
  ]);
