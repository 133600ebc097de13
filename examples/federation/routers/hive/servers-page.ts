import { readFileSync } from 'node:fs';
import type { GatewayPlugin } from '@graphql-hive/gateway';

const page = readFileSync(new URL('../../servers.html', import.meta.url), 'utf8');

/** Serves a page at `/servers` that uses the graph, from the router's own origin. */
export const serversPage: GatewayPlugin = {
  onRequest(incoming) {
    if (incoming.url.pathname !== '/servers') return;
    incoming.endResponse(
      new incoming.fetchAPI.Response(page, { headers: { 'content-type': 'text/html; charset=utf-8' } }),
    );
  },
};
