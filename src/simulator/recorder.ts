import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request that reached HSS. */
export interface RecordedCall {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly rawUrl: string;
  /** The parsed JSON, or null where there is none. */
  readonly body: unknown;
  readonly rawBody: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The client went away before the answer was complete. */
  readonly aborted: boolean;
  /** The status that was answered, or null while or where there was none. */
  readonly status: number | null;
}

/** The recorder's own view of a call: what is learnt after its arrival is filled in. */
export type Call = { -readonly [Field in keyof RecordedCall]: RecordedCall[Field] };

/** Keeps the last calls and how many were under way at once. */
export interface Recorder {
  readonly calls: readonly RecordedCall[];
  readonly mostConcurrent: number;
  readonly begin: (request: IncomingMessage, response: ServerResponse) => Call;
  readonly clear: () => void;
}

/** A recorder that keeps at most `limit` calls, the latest ones. */
export function createRecorder(limit: number): Recorder {
  const calls: Call[] = [];
  let underWay = 0;
  let mostConcurrent = 0;

  return {
    calls,
    get mostConcurrent() {
      return mostConcurrent;
    },
    begin(request, response) {
      const call = toCall(request);
      if (limit > 0) calls.push(call);
      if (calls.length > limit) calls.shift();
      underWay += 1;
      mostConcurrent = Math.max(mostConcurrent, underWay);
      response.once('close', () => {
        underWay -= 1;
      });
      return call;
    },
    clear() {
      calls.length = 0;
      mostConcurrent = underWay;
    },
  };
}

function toCall(request: IncomingMessage): Call {
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
    aborted: false,
    status: null,
  };
}

// Not `new URL`: it would rewrite the path (`/a/../b`), and the record is of what was sent.
function splitTarget(target: string): readonly [path: string, query: Readonly<Record<string, string>>] {
  const cut = target.indexOf('?');
  if (cut === -1) return [target, {}];
  const query = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(target.slice(cut + 1))) {
    if (!query.has(name)) query.set(name, value);
  }
  return [target.slice(0, cut), Object.fromEntries(query)];
}
