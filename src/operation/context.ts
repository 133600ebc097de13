import { forwardedHeaders, readProjectId, readToken, type CallerHeaders } from './caller-headers.ts';
import { createHss } from '../hss/client.ts';
import type { RowLimit } from '../hss/row-limit.ts';
import { createTenant } from '../hss/transport/tenant.ts';
import type { Upstream } from '../hss/transport/upstream.ts';
import type { Audit } from '../writes/audit.ts';
import { createChangePortStatus } from '../writes/change-port-status.ts';
import { createOpenPortById } from '../reads/open-port-by-id.ts';
import { createOpenPorts } from '../reads/open-ports.ts';
import type { OperationCost } from '../hss/transport/operation.ts';
import { codeOfKind, type ErrorCode } from '../errors/codes.ts';
import type { GatewayContext, Loaders, Settings } from '../schema/gateway-context.ts';

export interface CallerRequest {
  readonly headers: CallerHeaders;
  readonly signal: AbortSignal;
  readonly requestId: string;
  /** Told the project that HSS is asked about, once it is known to be well-formed. */
  readonly onProject: (projectId: string) => void;
  /** Told the codes of a write's results, which stand in the answer's data. */
  readonly onWriteCodes: (codes: readonly ErrorCode[]) => void;
}

export interface ContextOptions {
  readonly upstream: Upstream;
  readonly rowLimit: RowLimit;
  readonly settings: Settings;
  /** For requests without `X-Project-Id`. */
  readonly projectId: string | null;
  readonly operationTimeoutMs: number;
  readonly onChanged: (audit: WriteAudit) => void;
  /** Told of a bug that ended a call of a write, beside its outcome. */
  readonly onBug: (requestId: string, error: unknown) => void;
}

/** A write as the log has it: who asked, and what it came to in the words that the client sees. */
export interface WriteAudit extends Omit<Audit, 'kinds'> {
  readonly requestId: string;
  readonly projectId: string;
  /** SHA-256 of the caller's token, as base64. */
  readonly tokenDigest: string;
  readonly codes: readonly ErrorCode[];
}

/** The context of one operation. Headers are read when a resolver first asks for the loaders. */
export function createContext(options: ContextOptions, request: CallerRequest, cost: OperationCost): GatewayContext {
  const deadline = performance.now() + options.operationTimeoutMs;

  function createLoaders(): Loaders {
    const { headers, requestId, signal } = request;
    const token = readToken(headers);
    const tenant = createTenant(token, readProjectId(headers, options.projectId));
    request.onProject(tenant.projectId);
    const hss = createHss(
      options.upstream,
      { tenant, token: () => token, wait: { signal, deadline }, cost },
      forwardedHeaders(headers, requestId),
    );
    const openPorts = createOpenPorts(hss, cost, {
      rowLimit: options.rowLimit,
      maxWholeListRows: options.settings.maxWholeListRows,
    });
    const openPortById = createOpenPortById(openPorts);
    const changePortStatus = createChangePortStatus(hss, {
      onChanged({ kinds, ...audit }) {
        // Reads after the write, in the same operation, see HSS anew.
        openPorts.clear();
        const codes = [...new Set(kinds.map((kind) => codeOfKind[kind]))];
        request.onWriteCodes(codes);
        options.onChanged({ requestId, ...tenant, ...audit, codes });
      },
      onBug: (error) => options.onBug(requestId, error),
    });
    return { openPorts, openPortById, changePortStatus };
  }

  return { settings: options.settings, loaders: once(createLoaders) };
}

/** What `make` gives, or throws, at the first call and at all others. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | { readonly error: unknown } | null = null;
  return () => {
    try {
      made ??= { value: make() };
    } catch (error) {
      made = { error };
    }
    if ('error' in made) throw made.error;
    return made.value;
  };
}
