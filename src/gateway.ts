import { createYoga, type YogaServerInstance } from 'graphql-yoga';
import type { GatewaySettings } from './config.ts';
import { createContext, type WriteAudit } from './operation/context.ts';
import { toCors } from './http/cors.ts';
import { createDocumentCache } from './operation/document-cache.ts';
import { renderGraphiQLPage, type GraphiQLPageOptions } from './http/graphiql-page.ts';
import { createRowLimit } from './hss/row-limit.ts';
import { createUpstream } from './hss/transport/upstream.ts';
import type { Logger } from './log.ts';
import { maskError } from './errors/mask-error.ts';
import { createMetrics, type MetricsReader } from './operation/metrics.ts';
import { recordOf } from './operation/operation-record.ts';
import { useAcceptable } from './http/use-acceptable.ts';
import { useBodyLimit } from './http/use-body-limit.ts';
import { useCostExtension } from './operation/use-cost-extension.ts';
import { useCostLimit } from './operation/use-cost-limit.ts';
import { useEndpoint } from './http/use-endpoint.ts';
import { useErrorCodes } from './operation/use-error-codes.ts';
import { useJsonRequests } from './http/use-json-requests.ts';
import { useNoIntrospection } from './operation/use-no-introspection.ts';
import { useOperationLimits } from './operation/use-operation-limits.ts';
import { useOperationLog } from './operation/use-operation-log.ts';
import { useRequestId } from './http/use-request-id.ts';
import { useRouterSecret } from './http/use-router-secret.ts';
import { useTracing } from './operation/use-tracing.ts';
import { useTrustedDocuments } from './operation/use-trusted-documents.ts';
import type { GatewayContext } from './schema/gateway-context.ts';
import { schema } from './schema/index.ts';

/** What a gateway needs to know. */
export interface GatewayConfig extends GatewaySettings {
  readonly hssEndpoint: URL;
  readonly graphiqlPage?: GraphiQLPageOptions;
  /** Whether `hssEndpoint` is the embedded simulator's. */
  readonly hasSimulator?: boolean;
  /** What `/metrics` answers, made of this gateway's registry; left out: its metrics. */
  readonly metricsReader?: MetricsReader;
}

export interface Gateway {
  /** Answers `/graphql`, `/health`, `/ready` and `/metrics`: a listener for node:http, and a fetch handler. */
  readonly yoga: YogaServerInstance<object, GatewayContext>;
  /** An operation is answered within this time. */
  readonly operationTimeoutMs: number;
  /** From now on `/ready` says 503; everything else goes on. */
  drain(): void;
  /** Ends the connections to HSS, and with them every call under way. */
  close(): Promise<void>;
}

/**
 * Calls that may wait for a place: those of ten of the largest operations, so that one caller, who may fill half of the
 * queue, always has room for several; and where the budget is small, a burst of many small ones.
 */
const queuedOperations = 10;
const minQueue = 2_000;

/** Makes a gateway. It listens to nothing: see server.ts. */
export function createGateway(config: GatewayConfig, log: Logger): Gateway {
  let isDraining = false;
  const upstream = createUpstream({
    endpoint: config.hssEndpoint,
    proxy: config.hssProxy,
    connections: config.connections,
    queue: Math.max(minQueue, queuedOperations * config.maxUpstreamReads),
    // No attempt has more than its operation.
    timeoutMs: Math.min(config.timeoutMs, config.operationTimeoutMs),
    onAttempt: (attempt) => metrics.onAttempt(attempt),
    onCircuit(change) {
      metrics.onCircuit(change);
      const { isOpen, ...circuit } = change;
      if (isOpen) log.warn(circuit, 'a breaker opened: calls of HSS are refused');
      else log.info(circuit, 'a breaker closed');
    },
    onUnknownValue: (details, message) => log.warn(details, message),
    onFailure: (reason) => metrics.onFailure(reason),
  });
  const metrics = createMetrics({
    stateOf: () => upstream.state(),
    hasSimulator: config.hasSimulator ?? false,
    reader: config.metricsReader,
  });
  const settings = {
    maxPageLimit: config.maxPageLimit,
    maxWholeListRows: config.maxWholeListRows,
    enterpriseProjectId: config.enterpriseProjectId,
  };
  const contextOptions = {
    upstream,
    rowLimit: createRowLimit(),
    settings,
    projectId: config.projectId,
    operationTimeoutMs: config.operationTimeoutMs,
    onChanged: ({
      requestId,
      projectId,
      operateType,
      results,
      chunks,
      accepted,
      rejected,
      unknown,
      codes,
    }: WriteAudit) =>
      log.info(
        { requestId, projectId, operateType, targets: results.length, chunks, accepted, rejected, unknown, codes },
        'audit',
      ),
    onBug: (requestId: string, error: unknown) =>
      log.error({ requestId, stack: error instanceof Error ? error.stack : null }, 'bug'),
  };

  // Large, and so made when somebody opens it first.
  let page: Promise<string> | null = null;

  const yoga = createYoga<object, GatewayContext>({
    schema,
    context: ({ request }) => {
      const record = recordOf(request);
      const { headers, signal } = request;
      const callerRequest = {
        headers,
        signal,
        requestId: record.requestId,
        onProject: (projectId: string) => {
          record.project = projectId;
        },
        onWriteCodes: (codes: readonly string[]) => {
          for (const code of codes) record.writeCodes.add(code);
        },
      };
      return createContext(contextOptions, callerRequest, record.cost);
    },
    maskedErrors: { maskError },
    cors: config.corsOrigins.length > 0 && toCors(config.corsOrigins),
    // Yoga serves the page before the plugins below look for the router's secret.
    graphiql: config.graphiql && config.routerSecret.length === 0,
    renderGraphiQL: () => (page ??= renderGraphiQLPage(config.graphiqlPage)),
    parserAndValidationCache: createDocumentCache(),
    landingPage: false,
    logging: false,
    batching: false,
    multipart: false,
    // Bounded more cheaply by useBodyLimit and request-listener.ts.
    maxRequestBodySize: false,
    extraParamNames: ['documentId'],
    plugins: [
      // Before anything else asks for the record.
      { onRequest: ({ request }) => void recordOf(request, config.maxUpstreamReads) },
      useRequestId(),
      config.tracing && useTracing(),
      // Yoga's own looks at the end of the URL, and so knows no query.
      useEndpoint('/health', () => new Response()),
      useEndpoint('/ready', () =>
        Response.json(
          {
            status: isDraining ? 'draining' : 'serving',
            hss: upstream.state().openCircuits.hss === 0 ? 'answering' : 'failing',
            ...(config.hasSimulator && { simulator: true }),
          },
          { status: isDraining ? 503 : 200 },
        ),
      ),
      config.routerSecret.length > 0 && useRouterSecret(config.routerSecret),
      useEndpoint('/metrics', () =>
        metrics.text().then(
          (text) => new Response(text, { headers: { 'content-type': metrics.contentType } }),
          (error: unknown) => {
            log.error({ reason: error instanceof Error ? error.message : null }, 'no metrics');
            return new Response(null, { status: 503 });
          },
        ),
      ),
      useAcceptable(),
      useBodyLimit(),
      useJsonRequests(),
      config.trustedDocuments !== null && useTrustedDocuments(config.trustedDocuments),
      useOperationLimits(),
      !config.introspection && useNoIntrospection(),
      useErrorCodes({ suggestions: config.introspection }),
      useOperationLog(log, (end) => metrics.onOperation(end)),
      // Last, for it stops the execution: the log has the operation's name by then.
      useCostLimit(config.maxUpstreamReads, settings),
      config.graphiql && useCostExtension(),
    ],
  });

  return {
    yoga,
    operationTimeoutMs: config.operationTimeoutMs,
    drain: () => {
      isDraining = true;
    },
    close: () => upstream.close(),
  };
}
