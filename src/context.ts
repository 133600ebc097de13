import { GraphQLError } from 'graphql';
import { createHss, type ForwardedHeaders } from './hss/client.ts';
import { createTenant } from './hss/tenant.ts';
import type { Attempt, Upstream } from './hss/upstream.ts';
import { createChangePortStatus, type Audit, type ChangePortStatus } from './loaders/change-port-status.ts';
import { createOpenPortById, type OpenPortById } from './loaders/open-port-by-id.ts';
import { createOpenPorts, type OpenPorts } from './loaders/open-ports.ts';
import type { Tally } from './loaders/tally.ts';
import { badInput } from './schema/bad-input.ts';

/** What the resolvers of one operation work with. Made per request, and dies with it. */
export interface GatewayContext {
  /** HSS as the caller sees it. Throws a GraphQLError where the request names no token or no project. */
  readonly caller: () => Caller;
  readonly settings: Settings;
}

/** Everything that was read with one caller's token, and nothing else. */
export interface Caller {
  readonly openPorts: OpenPorts;
  readonly openPortById: OpenPortById;
  readonly changePortStatus: ChangePortStatus;
}

/** What of the configuration decides how arguments are read. */
export interface Settings {
  /** The ceiling of `page.limit`. */
  readonly maxPageLimit: number;
  /** For operations that name no enterprise project; null leaves it to HSS. */
  readonly enterpriseProjectId: string | null;
}

export interface CallerRequest {
  readonly headers: { get(name: string): string | null };
  readonly signal: AbortSignal;
  readonly requestId: string;
  /** Told the project that HSS is asked about, once it is known to be well-formed. */
  readonly onProject: (projectId: string) => void;
}

export interface ContextOptions {
  readonly upstream: Upstream;
  readonly settings: Settings;
  /** For requests without `X-Project-Id`. */
  readonly projectId: string | null;
  readonly operationTimeoutMs: number;
  readonly onChanged: (audit: Audit & { readonly requestId: string; readonly projectId: string }) => void;
}

const longestToken = 32_768;
const projectShape = /^(?!\.{1,2}$)[\w.-]{1,256}$/;

export function createContext(options: ContextOptions, request: CallerRequest, tally: Tally): GatewayContext {
  const deadline = performance.now() + options.operationTimeoutMs;
  let caller: Caller | null = null;

  function createCaller(): Caller {
    const token = readToken(request.headers);
    const tenant = createTenant(token, readProjectId(request.headers, options.projectId));
    request.onProject(tenant.projectId);
    const { requestId, signal } = request;
    const onAttempt = (attempt: Attempt): void => count(tally, attempt);
    const hss = createHss(
      options.upstream,
      { tenant, token: () => token, signal, deadline, onAttempt },
      forwardedHeaders(request),
    );
    const openPorts = createOpenPorts(hss, tally);
    const openPortById = createOpenPortById(openPorts);
    const changePortStatus = createChangePortStatus(hss, (audit) => {
      // Reads after the write, in the same operation, see HSS anew.
      openPorts.clear();
      openPortById.clear();
      options.onChanged({ ...audit, requestId, projectId: tenant.projectId });
    });
    return { openPorts, openPortById, changePortStatus };
  }

  return { settings: options.settings, caller: () => (caller ??= createCaller()) };
}

function readToken(headers: CallerRequest['headers']): string {
  const token = headers.get('x-auth-token');
  if (!token) {
    throw new GraphQLError('HSS needs a token: send it as the header X-Auth-Token.', {
      extensions: { code: 'UNAUTHENTICATED' },
    });
  }
  if (token.length > longestToken) {
    throw badInput('X-Auth-Token', `The header X-Auth-Token may have ${longestToken} characters at most.`);
  }
  return token;
}

/** Part of a path: `.` and `..` would name another one. */
export function isProjectId(value: string): boolean {
  return projectShape.test(value);
}

function readProjectId(headers: CallerRequest['headers'], configured: string | null): string {
  const given = headers.get('x-project-id');
  const projectId = given === null || given === '' ? configured : given;
  if (projectId === null) throw badInput('X-Project-Id', 'Name the project in the header X-Project-Id.');
  if (!isProjectId(projectId)) throw badInput('X-Project-Id', 'The header X-Project-Id is no project id.');
  return projectId;
}

/** @see https://www.w3.org/TR/trace-context/ */
const traceParentShape = /^[\da-f]{2}(?:-[\da-f]+)+$/;

function forwardedHeaders({ headers, requestId }: CallerRequest): ForwardedHeaders {
  const traceparent = headers.get('traceparent');
  const tracestate = headers.get('tracestate');
  if (traceparent === null || !traceParentShape.test(traceparent)) return { 'x-request-id': requestId };
  return { 'x-request-id': requestId, traceparent, ...(tracestate !== null && { tracestate }) };
}

function count(tally: Tally, { endpoint, isRetry, milliseconds }: Attempt): void {
  if (endpoint === 'ListPorts') tally.reads += 1;
  else tally.writes += 1;
  if (isRetry) tally.retries += 1;
  tally.upstreamMilliseconds += milliseconds;
}
