import { createRouterSecret } from './http/router-secret.ts';
import { createFetch } from './http/fetch.ts';
import type { GraphiQLPageOptions } from './http/graphiql-page.ts';
import { createGraphQLRoute } from './http/graphql-route.ts';
import { createReadClient } from './operation/client.ts';
import { createProbes } from './http/probes.ts';
import type { OnRefused } from './http/request.ts';
import { createRoutes, type Routes } from './http/routes.ts';
import type { Served } from './http/server.ts';
import { createStaticPage } from './http/static-page.ts';
import type { GatewaySettings } from './config.ts';
import { createRowLimit } from './hss/row-limit.ts';
import { createMemory } from './hss/transport/memory.ts';
import { createUpstream } from './hss/transport/upstream.ts';
import type { Logger } from './log.ts';
import { createAuditLog } from './operation/audit-log.ts';
import { createDocuments } from './operation/documents.ts';
import { createEngine } from './operation/engine.ts';
import { createFinish } from './operation/finish.ts';
import { createMetrics, type MetricsReader } from './operation/metrics.ts';
import { createOperationLog } from './operation/operation-log.ts';
import { createOperations } from './operation/operations.ts';
import { createTrustedDocuments, findAnyDocument, prepareTrustedDocuments } from './operation/persisted-documents.ts';
import { createShowResult } from './operation/show-result.ts';
import { traceOperation } from './operation/trace.ts';
import { createUnderWay } from './operation/under-way.ts';
import { schema } from './schema/index.ts';

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

export interface Gateway extends Served {
  /** Serves `/graphql`, `/health`, `/ready` and `/metrics`: see http/listener.ts for node:http. */
  readonly routes: Routes;
  /** The same without `/graphql` and without the router's secret, for a port of their own. */
  readonly adminRoutes: Routes;
  /** `routes` as a Fetch handler. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** Resolves when no operation is under way: a write continues after its client has left. */
  ended(): Promise<void>;
  /** Ends the connections to HSS, and with them every call under way. */
  close(): Promise<void>;
}

/**
 * How many calls may wait for a place: those of ten of the largest operations, so that one caller, who may fill half of
 * the queue, always has room for several; or, with a small budget, those of a burst of many small operations.
 */
const queuedOperations = 10;
const minQueue = 2_000;

const messageOf = (error: unknown): string | null => (error instanceof Error ? error.message : null);

/** Makes a gateway. It does not listen: see http/server.ts. */
export function createGateway(config: GatewayConfig, log: Logger): Gateway {
  let isDraining = false;
  const memory = createMemory();
  const upstream = createUpstream({
    memory,
    endpoint: config.hssEndpoint,
    proxy: config.hssProxy,
    connections: config.connections,
    queue: Math.max(minQueue, queuedOperations * config.maxUpstreamReads),
    timeoutMs: config.timeoutMs,
    operationTimeoutMs: config.operationTimeoutMs,
    onAttempt: (attempt) => metrics.onAttempt(attempt),
    onCircuit(change) {
      metrics.onCircuit(change);
      const { isOpen, ...circuit } = change;
      if (isOpen) log.warn(circuit, 'a breaker opened: calls to HSS are refused');
      else log.info(circuit, 'a breaker closed');
    },
    onUnknownValue: (details, message) => log.warn(details, message),
    onFailure: (reason) => metrics.onFailure(reason),
  });
  const metrics = createMetrics({
    stateOf: () => upstream.state(),
    operationsUnderWay: () => underWay.count(),
    hasSimulator: config.hasSimulator ?? false,
    reader: config.metricsReader,
  });
  const settings = {
    maxPageLimit: config.maxPageLimit,
    maxWholeListRows: config.maxWholeListRows,
    enterpriseProjectId: config.enterpriseProjectId,
  };
  const readClient = createReadClient(config.trustedProxies);
  const audits = createAuditLog(log);
  const engine = createEngine({ schema, introspection: config.introspection });
  const documents = createDocuments({ engine, schema, settings, maxReads: config.maxUpstreamReads });
  if (config.trustedDocuments !== null) prepareTrustedDocuments(config.trustedDocuments, documents, log);
  const underWay = createUnderWay((reason) => metrics.onFailure(reason));
  const operate = createOperations({
    documents,
    findDocument: config.trustedDocuments === null ? findAnyDocument : createTrustedDocuments(config.trustedDocuments),
    context: {
      upstream,
      rowLimit: createRowLimit(),
      memory,
      settings,
      projectId: config.projectId,
      operationTimeoutMs: config.operationTimeoutMs,
      onChanged: (audit, request) => audits(audit, readClient(request)),
      onBug: (requestId, error) => log.error({ requestId, stack: error instanceof Error ? error.stack : null }, 'bug'),
    },
    admit: () => underWay.admit(),
    maxReads: config.maxUpstreamReads,
    isCostShown: config.graphiql,
    suggestions: config.introspection,
    finish: createFinish(
      [createOperationLog(log, { readClient, sample: config.logSample }), (end) => metrics.onOperation(end)],
      createShowResult({ isCostShown: config.graphiql, onSent: ({ cost }) => memory.end(cost) }),
    ),
    trace: config.tracing ? traceOperation : null,
  });
  const execute: typeof operate = (request) => {
    const operation = operate(request);
    underWay.add(operation);
    return operation;
  };
  const onRefused: OnRefused = (refused, request) => {
    metrics.onRefused(refused);
    log.warn({ ...refused, ...(request && readClient(request)) }, 'refused');
  };
  const probes = createProbes({
    isDraining: () => isDraining,
    isHssAnswering: () => upstream.state().isAnswering,
    hasSimulator: config.hasSimulator ?? false,
    metrics,
    onMetricsFailed: (error) => log.error({ reason: messageOf(error) }, 'cannot collect metrics'),
  });
  const ofMetrics = { '/metrics': probes.metrics };
  const open = { '/health': probes.health, '/ready': probes.ready };
  const graphql = createGraphQLRoute({
    execute,
    allowedOrigins: config.corsOrigins,
    // A browser has no router's secret.
    page:
      config.graphiql && config.routerSecret.length === 0
        ? createStaticPage(
            async () => {
              // The page is large, and few open it.
              const { renderGraphiQLPage } = await import('./http/graphiql-page.ts');
              return renderGraphiQLPage(config.graphiqlPage);
            },
            (error) => log.error({ reason: messageOf(error) }, 'cannot build the GraphiQL page'),
          )
        : null,
  });
  const routes = createRoutes({
    open,
    guarded: { '/graphql': graphql, ...(!config.hasAdminPort && ofMetrics) },
    allowedHosts: config.allowedHosts,
    allowedOrigins: config.corsOrigins,
    opens: config.routerSecret.length === 0 ? null : createRouterSecret(config.routerSecret),
    onRefused,
  });
  const adminRoutes = createRoutes({
    open: { ...open, ...ofMetrics },
    guarded: {},
    allowedHosts: ['*'],
    allowedOrigins: [],
    opens: null,
    onRefused,
  });

  return {
    routes,
    adminRoutes,
    onRefused,
    fetch: createFetch(routes),
    operationTimeoutMs: config.operationTimeoutMs,
    drain: () => {
      isDraining = true;
    },
    ended: () => underWay.ended(),
    close: () => upstream.close(),
  };
}
