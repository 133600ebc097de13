/** The other subgraph: an inventory of the servers whose ports the gateway serves. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import process from 'node:process';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { createYoga } from 'graphql-yoga';

/** Servers that the gateway's embedded simulator knows too. */
const servers = [
  { id: 'dd91cd32-a238-4c0e-bc01-3b11653714ac', name: 'documented', address: '192.168.0.10' },
  { id: 'risky-host', name: 'risky', address: '10.0.0.20' },
  { id: 'host-40', name: 'web', address: '10.0.0.12' },
];

const typeDefs = parse(readFileSync(new URL('inventory.graphql', import.meta.url), 'utf8'));
const schema = buildSubgraphSchema({
  typeDefs,
  resolvers: {
    Query: { servers: () => servers.toSorted((a, b) => a.name.localeCompare(b.name)) },
    Host: { __resolveReference: ({ id }) => servers.find((server) => server.id === id) ?? null },
  },
});

// The router is not configured to send the token here; accepting 64 KiB of headers costs nothing, in case it ever is.
createServer({ maxHeaderSize: 64 * 1024 }, createYoga({ schema, logging: false, landingPage: false })).listen(
  Number(process.env.PORT ?? 4002),
  '127.0.0.1',
);
