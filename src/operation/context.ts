import type { OperationRequest } from '../http/graphql-route.ts';
import { forwardedHeaders, readProjectId, readToken } from './caller-headers.ts';
import type { OperationRecord } from './record.ts';
import { createHss } from '../hss/client.ts';
import type { RowLimit } from '../hss/row-limit.ts';
import type { Memory } from '../hss/transport/memory.ts';
import { createTenant, type Tenant } from '../hss/transport/tenant.ts';
import type { Upstream } from '../hss/transport/upstream.ts';
import type { Audit } from '../writes/audit.ts';
import { createChangePortStatus } from '../writes/change-port-status.ts';
import { createOpenPortById } from '../reads/open-port-by-id.ts';
import { createOpenPorts } from '../reads/open-ports.ts';
import { responseBytes } from '../reads/response-bytes.ts';
import { codeOfKind, type ErrorCode } from '../errors/codes.ts';
import { once } from '../once.ts';
import type { GatewayContext, Loaders, Settings } from '../schema/gateway-context.ts';

/** The caller's request, as far as the context needs it. */
export type CallerRequest = Pick<OperationRequest, 'headers' | 'peer' | 'cancellation' | 'requestId'>;

export interface ContextOptions {
  readonly upstream: Upstream;
  readonly rowLimit: RowLimit;
  readonly memory: Memory;
  readonly settings: Settings;
  /** The project of requests without `X-Project-Id`. */
  readonly projectId: string | null;
  readonly operationTimeoutMs: number;
  readonly onChanged: (audit: WriteAudit, request: CallerRequest) => void;
  /** Told of a bug that ended a call of a write, in addition to the call's outcome. */
  readonly onBug: (requestId: string, error: unknown) => void;
}

/** A write as the log records it: its caller, and its results in the codes that the client sees. */
export interface WriteAudit extends Omit<Audit, 'kinds'> {
  readonly requestId: string;
  readonly projectId: string;
  /** SHA-256 of the caller's token, as base64. */
  readonly tokenDigest: string;
  readonly codes: readonly ErrorCode[];
}

/**
 * The context of one operation. Headers are read when a resolver first asks for the loaders; `known` is the tenant if
 * `requireRoom` has already read them.
 */
export function createContext(
  options: ContextOptions,
  request: CallerRequest,
  record: OperationRecord,
  known: Tenant | null,
): GatewayContext {
  const { cost } = record;
  const deadline = record.startedAt + options.operationTimeoutMs;

  function createLoaders(): Loaders {
    const { headers, requestId, cancellation } = request;
    const token = readToken(headers);
    const tenant = known ?? createTenant(token, readProjectId(headers, options.projectId));
    record.project = tenant.projectId;
    const hss = createHss(
      options.upstream,
      { tenant, token: () => token, wait: { cancellation, deadline }, cost },
      forwardedHeaders(headers, requestId),
    );
    const openPorts = createOpenPorts(hss, cost, {
      rowLimit: options.rowLimit,
      memory: options.memory,
      maxWholeListRows: options.settings.maxWholeListRows,
    });
    const openPortById = once(() =>
      createOpenPortById(
        openPorts,
        () => options.rowLimit.max(),
        (row, fields) => options.memory.hold(cost, responseBytes([row], fields)),
      ),
    );
    const changePortStatus = once(() =>
      createChangePortStatus(hss, {
        onChanged({ kinds, ...audit }) {
          // Reads after the write, in the same operation, ask HSS again.
          openPorts.clear();
          const codes = [...new Set(kinds.map((kind) => codeOfKind[kind]))];
          for (const code of codes) record.writeCodes.add(code);
          const { projectId, tokenDigest } = tenant;
          options.onChanged({ requestId, projectId, tokenDigest, ...audit, codes }, request);
        },
        onFailure: (error) => record.writeFailures.push(error),
        onBug: (error) => options.onBug(requestId, error),
      }),
    );
    return { openPorts, openPortById, changePortStatus };
  }

  return { settings: options.settings, loaders: once(createLoaders) };
}

/**
 * Throws the HssError of a full queue if the caller's reads would find no room: refusing them one by one would take
 * longer than the reads. Returns the tenant if this needed it: an operation's token is hashed only once.
 */
export function requireRoom(
  { upstream, projectId }: ContextOptions,
  { headers }: CallerRequest,
  reads: number,
): Tenant | null {
  if (reads === 0 || upstream.waiting() === 0) return null;
  let tenant: Tenant;
  try {
    tenant = createTenant(readToken(headers), readProjectId(headers, projectId));
  } catch {
    // The fields that need HSS report what is wrong with the headers.
    return null;
  }
  upstream.requireRoom(tenant, reads);
  return tenant;
}
