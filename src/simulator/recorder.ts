import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** A request that reached HSS. */
export interface RecordedCall {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly rawUrl: string;
  /** The parsed JSON; null if there is none. */
  readonly body: unknown;
  readonly rawBody: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The connection it arrived on, numbered from 1, and the number of this request on it, from 1. */
  readonly connection: number;
  readonly nthOfConnection: number;
  /** How many milliseconds the connection was idle before it; null for a connection's first request. */
  readonly idleMs: number | null;
  /** Whether the client left before the answer was complete. */
  readonly aborted: boolean;
  /** The status of the answer; null until or unless there is one. */
  readonly status: number | null;
}

/** The recorder's own, writable view of a call: what is learnt after its arrival is filled in. */
export type Call = { -readonly [Field in keyof RecordedCall]: RecordedCall[Field] };

/** Keeps the last calls, and the maximum number under way at once. */
export interface Recorder {
  readonly calls: readonly RecordedCall[];
  readonly mostConcurrent: number;
  readonly begin: (request: IncomingMessage, response: ServerResponse) => Call;
  readonly clear: () => void;
}

interface Connection {
  readonly connection: number;
  nthOfConnection: number;
  idleSince: number | null;
}

/** A recorder that keeps at most `limit` calls, the latest ones. */
export function createRecorder(limit: number): Recorder {
  const calls: Call[] = [];
  let underWay = 0;
  let mostConcurrent = 0;
  const connections = new WeakMap<Socket, Connection>();
  let connectionCount = 0;

  function useConnection(socket: Socket): Connection {
    const known = connections.get(socket);
    if (!known) connectionCount += 1;
    const used = known ?? { connection: connectionCount, nthOfConnection: 0, idleSince: null };
    used.nthOfConnection += 1;
    connections.set(socket, used);
    return used;
  }

  return {
    calls,
    get mostConcurrent() {
      return mostConcurrent;
    },
    begin(request, response) {
      const connection = useConnection(request.socket);
      const call = toCall(request, connection);
      if (limit > 0) calls.push(call);
      if (calls.length > limit) calls.shift();
      underWay += 1;
      mostConcurrent = Math.max(mostConcurrent, underWay);
      response.once('close', () => {
        underWay -= 1;
        connection.idleSince = performance.now();
      });
      return call;
    },
    clear() {
      calls.length = 0;
      mostConcurrent = underWay;
    },
  };
}

function toCall(request: IncomingMessage, { connection, nthOfConnection, idleSince }: Connection): Call {
  const rawUrl = request.url ?? '/';
  const [path, query] = splitTarget(rawUrl);
  return {
    method: request.method ?? '',
    path,
    query,
    headers: request.headers,
    rawUrl,
    body: null,
    rawBody: '',
    at: Date.now(),
    connection,
    nthOfConnection,
    idleMs: idleSince === null ? null : performance.now() - idleSince,
    aborted: false,
    status: null,
  };
}

// Not `new URL`: it would rewrite the path (`/a/../b`), but the record is of what was sent.
function splitTarget(target: string): readonly [path: string, query: Readonly<Record<string, string>>] {
  const cut = target.indexOf('?');
  if (cut === -1) return [target, {}];
  const query = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(target.slice(cut + 1))) {
    if (!query.has(name)) query.set(name, value);
  }
  return [target.slice(0, cut), Object.fromEntries(query)];
}
