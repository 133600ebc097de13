import { createGraphQLRoute, type GraphQLRouteOptions } from '../http/graphql-route.ts';
import type { Probes } from '../http/probes.ts';
import type { OnRefused } from '../http/request.ts';
import { createRouterSecret } from '../http/router-secret.ts';
import { createRoutes, type Routes } from '../http/routes.ts';
import { createStaticPage } from '../http/static-page.ts';
import { messageOf, type Logger } from '../log.ts';
import { hasPage, type GatewayConfig } from './gateway-config.ts';

export interface RouteParts {
  readonly execute: GraphQLRouteOptions['execute'];
  readonly probes: Probes;
  readonly onRefused: OnRefused;
}

export interface GatewayRoutes {
  /** Serves `/graphql`, `/health`, `/ready` and `/metrics`: see http/listener.ts for node:http. */
  readonly routes: Routes;
  /** The same without `/graphql` and without the router's secret, for a port of their own. */
  readonly adminRoutes: Routes;
}

export function createGatewayRoutes(
  config: GatewayConfig,
  log: Logger,
  { execute, probes, onRefused }: RouteParts,
): GatewayRoutes {
  const page = createStaticPage(
    async () => {
      // The page is large, and few open it.
      const { renderGraphiQLPage } = await import('../http/graphiql-page.ts');
      return renderGraphiQLPage(config.graphiqlPage);
    },
    (error) => log.error({ reason: messageOf(error) }, 'cannot build the GraphiQL page'),
  );
  const graphql = createGraphQLRoute({
    execute,
    allowedOrigins: config.corsOrigins,
    page: hasPage(config) ? page : null,
  });
  const ofMetrics = { '/metrics': probes.metrics };
  const open = { '/health': probes.health, '/ready': probes.ready };
  return {
    routes: createRoutes({
      open,
      guarded: { '/graphql': graphql, ...(!config.hasAdminPort && ofMetrics) },
      allowedHosts: config.allowedHosts,
      allowedOrigins: config.corsOrigins,
      opens: config.routerSecret.length === 0 ? null : createRouterSecret(config.routerSecret),
      onRefused,
    }),
    adminRoutes: createRoutes({
      open: { ...open, ...ofMetrics },
      guarded: {},
      allowedHosts: ['*'],
      allowedOrigins: [],
      opens: null,
      onRefused,
    }),
  };
}
