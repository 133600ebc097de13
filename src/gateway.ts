import type { GatewayConfig } from './gateway/gateway-config.ts';
import { createGatewayOperations } from './gateway/gateway-operations.ts';
import { createGatewayRoutes, type GatewayRoutes } from './gateway/gateway-routes.ts';
import { createMemory } from './hss/transport/memory.ts';
import { createUpstream } from './hss/transport/upstream.ts';
import { createFetch } from './http/fetch.ts';
import { createProbes } from './http/probes.ts';
import type { OnRefused } from './http/request.ts';
import type { Served } from './http/server.ts';
import { messageOf, type Logger } from './log.ts';
import { createReadClient } from './operation/client.ts';
import { createMetrics } from './operation/metrics.ts';
import { createUnderWay } from './operation/under-way.ts';

export type { GatewayConfig } from './gateway/gateway-config.ts';

export interface Gateway extends Served, GatewayRoutes {
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
  const underWay = createUnderWay((reason) => metrics.onFailure(reason));
  const hasSimulator = config.hasSimulator ?? false;
  const metrics = createMetrics({
    stateOf: () => upstream.state(),
    operationsUnderWay: () => underWay.count(),
    hasSimulator,
    reader: config.metricsReader,
  });
  const readClient = createReadClient(config.trustedProxies);
  const execute = createGatewayOperations(config, log, { upstream, memory, metrics, underWay, readClient });
  const probes = createProbes({
    isDraining: () => isDraining,
    isHssAnswering: () => upstream.state().isAnswering,
    hasSimulator,
    metrics,
    onMetricsFailed: (error) => log.error({ reason: messageOf(error) }, 'cannot collect metrics'),
  });
  const onRefused: OnRefused = (refused, request) => {
    metrics.onRefused(refused);
    log.warn({ ...refused, ...(request && readClient(request)) }, 'refused');
  };
  const { routes, adminRoutes } = createGatewayRoutes(config, log, { execute, probes, onRefused });

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
