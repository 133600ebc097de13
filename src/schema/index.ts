import { printSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLSchema } from 'graphql';
import { builder } from './builder.ts';
import { isolateEntities } from './entities.ts';
import { describeFederation } from './federation-descriptions.ts';
import './host.ts';
import './host-ports.ts';
import './open-port.ts';
import './open-port-page.ts';
import './set-port-ignore.ts';

/** The subgraph `hss`. Link version 2.9 is the newest that every composer knows. */
export const schema: GraphQLSchema = describeFederation(
  isolateEntities(builder.toSubGraphSchema({ linkUrl: 'https://specs.apollo.dev/federation/v2.9' })),
);

/** The subgraph's SDL, as composers read it. */
export function printSchema(): string {
  return `${printSubgraphSchema(schema).trim()}\n`;
}
