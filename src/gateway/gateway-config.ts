import type { GatewaySettings } from '../config.ts';
import type { GraphiQLPageOptions } from '../http/graphiql-page.ts';
import type { MetricsReader } from '../operation/metrics.ts';

/** What a gateway needs to know. */
export interface GatewayConfig extends GatewaySettings {
  readonly hssEndpoint: URL;
  /** Whether `hssEndpoint` is the embedded simulator's. */
  readonly hasSimulator?: boolean;
  readonly graphiqlPage?: GraphiQLPageOptions;
  /** Whether `/metrics` is served on `adminRoutes` alone. */
  readonly hasAdminPort?: boolean;
  /** Makes the reader behind `/metrics` from this gateway's registry; by default, of its own metrics. */
  readonly metricsReader?: MetricsReader;
}

/** Whether there is a page for developers: a browser has no router's secret. */
export const hasPage = ({ graphiql, routerSecret }: GatewaySettings): boolean => graphiql && routerSecret.length === 0;
