import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { createYoga } from 'graphql-yoga';
import { onTestFinished } from 'vitest';

type Resolvers = NonNullable<
  Parameters<typeof buildSubgraphSchema>[0] extends infer Options
    ? Options extends { resolvers?: infer Map }
      ? Map
      : never
    : never
>;

export interface Subgraph {
  readonly name: string;
  readonly url: string;
  readonly sdl: string;
}

export interface RunningSubgraph extends Subgraph {
  /** The headers of each request so far. */
  readonly requests: readonly IncomingHttpHeaders[];
}

/** A subgraph behind a real socket, closed when the test has finished. */
async function startSubgraph(name: string, sdl: string, resolvers: Resolvers): Promise<RunningSubgraph> {
  const yoga = createYoga({
    schema: buildSubgraphSchema({ typeDefs: parse(sdl), resolvers }),
    logging: false,
    maskedErrors: false,
  });
  const requests: IncomingHttpHeaders[] = [];
  const server = createServer({ maxHeaderSize: 64 * 1024 }, (request, response) => {
    requests.push(request.headers);
    void yoga(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { name, sdl, requests, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql` };
}

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';

/** What an inventory knows of servers: their names, and which there are. */
export function startInventory(ids: readonly string[]): Promise<RunningSubgraph> {
  const sdl = `${link}
    type Query { servers: [Host!]! }
    type Host @key(fields: "id") { id: ID! name: String! }
  `;
  const toServer = (id: string) => ({ id, name: `ecs-${id}` });
  return startSubgraph('inventory', sdl, {
    Query: { servers: () => ids.map(toServer) },
    Host: { __resolveReference: ({ id }: { id: string }) => toServer(id) },
  });
}

/** Remarks about open ports; `texts` maps OpenPort.id to them, and may be filled while the subgraph runs. */
export function startNotes(texts: ReadonlyMap<string, string>): Promise<RunningSubgraph> {
  const sdl = `${link}
    type Query { notes: [Note!]! }
    type Note { text: String! openPort: OpenPort }
    type OpenPort @key(fields: "id") { id: ID! note: String }
  `;
  return startSubgraph('notes', sdl, {
    Query: { notes: () => [...texts].map(([id, text]) => ({ text, openPort: { id } })) },
    OpenPort: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      note: ({ id }: { id: string }) => texts.get(id) ?? null,
    },
  });
}

/** The gateway as routers know it: by the SDL that is released. */
export const hssSubgraph = (url: string): Subgraph => ({
  name: 'hss',
  url,
  sdl: readFileSync('schema.graphql', 'utf8'),
});

export function composeSupergraph(subgraphs: readonly Subgraph[]): string {
  const { errors, supergraphSdl } = composeServices(
    subgraphs.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) })),
  );
  if (errors) throw new Error(errors.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}
