import type { GraphQLSchema } from 'graphql';
import { builder } from './builder.ts';
// In the order of the fields of Query.
import './host.ts';
import './host-ports.ts';
import './open-port-lookup.ts';
import './set-port-ignore.ts';
import './entities.ts';
import { printClientSchema, printSubgraph } from './subgraph.ts';

/** The subgraph `hss`. Its members stand in the order of the source. */
export const schema: GraphQLSchema = builder.toSchema({ sortSchema: false });

/** SDL by the file that holds it. */
export const printSchemas = (): ReadonlyMap<string, string> =>
  new Map([
    // As composers read it …
    ['schema.graphql', printSubgraph(schema)],
    // … and as clients do.
    ['api.graphql', printClientSchema(schema)],
  ]);
