import type { GraphQLSchema } from 'graphql';
import { builder } from './builder.ts';
import './entities.ts';
import './host.ts';
import './host-ports.ts';
import './open-port.ts';
import './open-port-page.ts';
import './set-port-ignore.ts';
import { printSubgraph } from './subgraph.ts';

/** The subgraph `hss`. Its members stand in the order of the source. */
export const schema: GraphQLSchema = builder.toSchema({ sortSchema: false });

/** The subgraph's SDL, as composers read it. */
export function printSchema(): string {
  return printSubgraph(schema);
}
