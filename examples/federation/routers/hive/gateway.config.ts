import type { GatewayCLIConfig } from '@graphql-hive/gateway';
import { serversPage } from './servers-page.ts';

/** The headers that the subgraph `hss` needs from a client's request: token, project, trace and request id. */
const forwarded = ['x-auth-token', 'x-project-id', 'traceparent', 'tracestate', 'x-request-id'];

export const gatewayConfig: GatewayCLIConfig = {
  supergraph: 'generated/supergraph.graphql',
  host: '127.0.0.1',
  // A token may have 32,768 characters, and Hive Gateway accepts 16 KiB of headers by default.
  maxHeaderSize: 64 * 1024,
  propagateHeaders: {
    fromClientToSubgraphs({ request, subgraphName }: { request: Request; subgraphName: string }) {
      // No other subgraph needs the token.
      if (subgraphName !== 'hss') return {};
      return {
        ...Object.fromEntries(forwarded.map((name) => [name, request.headers.get(name)])),
        'router-authorization': process.env.ROUTER_SECRET,
      };
    },
  },
  // Longer than the gateway's own 25 s per operation, so that clients get its response.
  upstreamTimeout: 30_000,
  // Error codes of subgraphs pass unchanged; `extensions.serviceName` is added.
  maskedErrors: true,
  plugins: () => [serversPage],
};
