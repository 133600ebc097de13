import type { GatewayCLIConfig } from '@graphql-hive/gateway';
import { serversPage } from './servers-page.ts';

/** What of a client's request the subgraph `hss` needs: who asks, of which project, and as part of which trace. */
const forwarded = ['x-auth-token', 'x-project-id', 'traceparent', 'tracestate', 'x-request-id'];

export const gatewayConfig: GatewayCLIConfig = {
  supergraph: 'generated/supergraph.graphql',
  host: '127.0.0.1',
  // A token may have 32,768 characters, and Hive Gateway takes 16 KiB of headers unless it is told otherwise.
  maxHeaderSize: 64 * 1024,
  propagateHeaders: {
    fromClientToSubgraphs({ request, subgraphName }: { request: Request; subgraphName: string }) {
      // No other subgraph has a use for the token.
      if (subgraphName !== 'hss') return {};
      return {
        ...Object.fromEntries(forwarded.map((name) => [name, request.headers.get(name)])),
        'router-authorization': process.env.ROUTER_SECRET,
      };
    },
  },
  // Longer than the gateway's own 25 s for an operation, so that its answer is the one that is seen.
  upstreamTimeout: 30_000,
  // The codes of subgraph errors pass as they are; `extensions.serviceName` is added.
  maskedErrors: true,
  plugins: () => [serversPage],
};
