import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import type { GatewayGraphQLRequestContext } from '@apollo/server-gateway-interface';
import { print } from 'graphql';
import { createYoga, type Plugin, type YogaInitialContext } from 'graphql-yoga';
import { onTestFinished } from 'vitest';
import { forwardedHeaders, routerSecret } from './router.ts';

/** @apollo/gateway behind a real socket; resolves to its URL. */
export async function startApolloGateway(supergraphSdl: string): Promise<string> {
  const gateway = new ApolloGateway({
    supergraphSdl,
    buildService: ({ name, url }) =>
      new RemoteGraphQLDataSource<YogaInitialContext>({
        url,
        willSendRequest({ request, context }) {
          if (name !== 'hss') return;
          request.http?.headers.set('router-authorization', routerSecret);
          for (const name of forwardedHeaders) {
            const value = context.request.headers.get(name);
            if (value !== null) request.http?.headers.set(name, value);
          }
        },
      }),
  });
  const { schema, executor } = await gateway.load();
  // What Apollo Server does for it: hand over each operation.
  const useExecutor: Plugin = {
    onExecute({ args, setExecuteFn }) {
      const { document, operationName, variableValues, contextValue: context } = args;
      const source = print(document);
      const queryHash = createHash('sha256').update(source).digest('hex');
      const request = { query: source, operationName, variables: variableValues };
      const requestContext = { schema, document, source, operationName, queryHash, context, request, metrics: {} };
      setExecuteFn(() => executor(requestContext as unknown as GatewayGraphQLRequestContext));
    },
  };
  const yoga = createYoga({ schema, logging: false, maskedErrors: false, plugins: [useExecutor] });
  const server = createServer({ maxHeaderSize: 64 * 1024 }, (request, response) => void yoga(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.close();
    server.closeAllConnections();
    await gateway.stop();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}
