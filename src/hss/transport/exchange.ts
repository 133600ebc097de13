import type { Dispatcher } from 'undici';
import { HssError } from './errors.ts';
import { readRequestId, type HssResponse } from './response.ts';

/** 200 rows with every field at its documented maximum are below 300 KiB. */
const maxBodyBytes = 4 * 1024 * 1024;

export interface Exchange {
  readonly method: 'GET' | 'POST';
  /** Path and query, encoded. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

export interface Limits {
  readonly timeoutMs: number;
  /** Aborts when the caller leaves; null where the exchange is to finish all the same. */
  readonly signal: AbortSignal | null;
}

/** One HTTP exchange with HSS, whole or not at all. Rejects with an HssError that tells whether the request was sent. */
export function exchange(dispatcher: Dispatcher, request: Exchange, limits: Limits): Promise<HssResponse> {
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | null = null;
    let ended = false;
    let status = 0;
    let requestId: string | null = null;
    let retryAfterSeconds: number | null = null;
    let bytes = 0;
    const chunks: Buffer[] = [];

    const end = (): void => {
      ended = true;
      clearTimeout(timer);
      limits.signal?.removeEventListener('abort', onAbort);
    };
    const fail = (error: HssError): void => {
      if (ended) return;
      end();
      reject(error);
      controller?.abort(error);
    };
    const succeed = (body: string): void => {
      if (ended) return;
      end();
      resolve({ status, requestId, retryAfterSeconds, body });
    };
    const sent = (): boolean => controller !== null;
    const onAbort = (): void => fail(new HssError('caller-left', { sent: sent() }));
    const timer = setTimeout(() => fail(new HssError('timeout', { sent: sent() })), limits.timeoutMs);

    if (limits.signal?.aborted) {
      onAbort();
      return;
    }
    limits.signal?.addEventListener('abort', onAbort, { once: true });

    dispatcher.dispatch(
      {
        method: request.method,
        path: request.path,
        headers: request.headers,
        body: request.body,
        // One clock, above, bounds the whole exchange; a trickled body must not restart it.
        headersTimeout: 0,
        bodyTimeout: 0,
      },
      {
        onRequestStart(started) {
          // Ended while the connection was being made: nothing has been written yet, and nothing will be.
          if (ended) started.abort(new HssError('caller-left', { sent: false }));
          else controller = started;
        },
        onResponseStart(_controller, statusCode, headers) {
          status = statusCode;
          requestId = readRequestId(headers['x-request-id']);
          retryAfterSeconds = readRetryAfter(headers['retry-after']);
        },
        onResponseData(_controller, chunk) {
          bytes += chunk.length;
          if (bytes <= maxBodyBytes) chunks.push(chunk);
          else if (status < 300) fail(new HssError('bad-response', { status, requestId }));
          // An error that is told at such length is told by its status.
          else succeed('');
        },
        onResponseEnd() {
          succeed(Buffer.concat(chunks).toString('utf8'));
        },
        onResponseError(_controller, cause) {
          fail(
            new HssError(isConnectTimeout(cause) ? 'timeout' : 'unavailable', {
              sent: sent(),
              cause: withoutText(cause),
            }),
          );
        },
      },
    );
  });
}

const isConnectTimeout = (cause: Error): boolean => 'code' in cause && cause.code === 'UND_ERR_CONNECT_TIMEOUT';

/** The system's code of a failure alone: undici's messages name the address of HSS. */
function withoutText(cause: Error): Error {
  const { code } = cause as { code?: unknown };
  return new Error(typeof code === 'string' ? code : cause.name);
}

/** Retry-After as seconds or as an HTTP date, which ends in GMT. */
function readRetryAfter(header: string | string[] | undefined): number | null {
  if (typeof header !== 'string') return null;
  if (/^\d{1,15}$/.test(header)) return Number(header);
  const date = header.endsWith(' GMT') ? Date.parse(header) : NaN;
  return Number.isNaN(date) ? null : Math.max(0, Math.ceil((date - Date.now()) / 1000));
}
