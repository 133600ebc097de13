import { createRowLimit } from '../hss/row-limit.ts';
import type { Memory } from '../hss/transport/memory.ts';
import type { Upstream } from '../hss/transport/upstream.ts';
import type { GraphQLRouteOptions } from '../http/graphql-route.ts';
import type { Logger } from '../log.ts';
import { createAuditLog } from '../operation/audit-log.ts';
import type { ReadClient } from '../operation/client.ts';
import { createDocuments } from '../operation/documents.ts';
import { createEngine } from '../operation/engine.ts';
import { createFinish } from '../operation/finish.ts';
import type { Metrics } from '../operation/metrics.ts';
import { createOperationLog } from '../operation/operation-log.ts';
import { createOperations } from '../operation/operations.ts';
import { createTrustedDocuments, findAnyDocument, prepareTrustedDocuments } from '../operation/persisted-documents.ts';
import { createShowResult } from '../operation/show-result.ts';
import { traceOperation } from '../operation/trace.ts';
import type { UnderWay } from '../operation/under-way.ts';
import { schema } from '../schema/index.ts';
import type { GatewayConfig } from './gateway-config.ts';

export interface OperationParts {
  readonly upstream: Upstream;
  readonly memory: Memory;
  readonly metrics: Metrics;
  readonly underWay: UnderWay;
  readonly readClient: ReadClient;
}

/** What executes operations, counts them, and reports them. */
export function createGatewayOperations(
  config: GatewayConfig,
  log: Logger,
  { upstream, memory, metrics, underWay, readClient }: OperationParts,
): GraphQLRouteOptions['execute'] {
  const settings = {
    maxPageLimit: config.maxPageLimit,
    maxWholeListRows: config.maxWholeListRows,
    enterpriseProjectId: config.enterpriseProjectId,
  };
  const engine = createEngine({ schema, introspection: config.introspection });
  const documents = createDocuments({ engine, schema, settings, maxReads: config.maxUpstreamReads });
  if (config.trustedDocuments !== null) prepareTrustedDocuments(config.trustedDocuments, documents, log);
  const audits = createAuditLog(log);
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
  return (request) => {
    const operation = operate(request);
    underWay.add(operation);
    return operation;
  };
}
