import { listPortsEndpoint, listPortsPath, type PortList } from './list-ports.ts';
import {
  modifyPortStatusBody,
  modifyPortStatusEndpoint,
  modifyPortStatusPath,
  type PortStatusChange,
} from './modify-port-status.ts';
import { readPortListPart, type PortListPart } from './port-row.ts';
import type { Operation } from './transport/operation.ts';
import type { Upstream } from './transport/upstream.ts';
import { version } from '../version.ts';

/** HSS as one caller sees it, for one operation. */
export interface Hss {
  /** Rows `offset` … `offset + limit - 1` of a list; `limit` 10..200, `offset` 0..2,000,000. */
  listPorts(list: PortList, offset: number, limit: number): Promise<PortListPart>;
  modifyPortStatus(change: PortStatusChange): Promise<void>;
}

/** What each call sends besides the token. */
export interface ForwardedHeaders {
  readonly 'x-request-id': string;
  readonly traceparent?: string;
  readonly tracestate?: string;
}

const userAgent = `hss-open-port-gateway/${version}`;

/** Binds HSS's endpoints to a caller. The token is a property of nothing that could be printed. */
export function createHss(upstream: Upstream, operation: Operation, forwarded: ForwardedHeaders): Hss {
  const { projectId } = operation.tenant;
  const calls = upstream.begin(operation);
  const headers: Record<string, string> = {
    accept: 'application/json',
    // Compressed answers are read all the same.
    'accept-encoding': 'identity',
    'user-agent': userAgent,
    'x-auth-token': operation.token(),
    'x-request-id': forwarded['x-request-id'],
  };
  if (forwarded.traceparent !== undefined) headers.traceparent = forwarded.traceparent;
  if (forwarded.tracestate !== undefined) headers.tracestate = forwarded.tracestate;
  return {
    listPorts: (list, offset, limit) =>
      calls.call({
        endpoint: listPortsEndpoint,
        path: listPortsPath(projectId, list, offset, limit),
        headers,
        body: null,
        decode: (json, bytes) => readPortListPart(json, { list, offset, limit, bytes }, calls.unknownValues),
        countRows: ({ rows }) => rows.length,
      }),
    async modifyPortStatus(change) {
      await calls.call({
        endpoint: modifyPortStatusEndpoint,
        path: modifyPortStatusPath(projectId, change),
        headers: { ...headers, 'content-type': 'application/json' },
        body: modifyPortStatusBody(change),
        // HSS documents no body: a 2xx with any JSON means that the ports were changed.
        decode: () => true,
      });
    },
  };
}
