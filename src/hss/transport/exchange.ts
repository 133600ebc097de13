import type { Connections, ExchangeEnd } from './connections.ts';
import { decompress, readCodings } from './content-coding.ts';
import { HssError } from './errors.ts';
import type { Memory } from './memory.ts';
import { reasonOf, type OwnReason } from './failure-reasons.ts';
import { readRequestId, type HssResponse } from './response.ts';
import { readRetryAfter } from './retry-after.ts';

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
  /** Aborts, with an HssError, when nobody waits any more; null where the exchange is to finish all the same. */
  readonly signal: AbortSignal | null;
  /** Room for the answer while it comes. */
  readonly memory: Memory;
}

/** One HTTP exchange with HSS, whole or not at all. Rejects with an HssError that tells whether the request was sent. */
export function exchange(connections: Connections, request: Exchange, limits: Limits): Promise<HssResponse> {
  return new Promise((resolve, reject) => {
    let isSent = false;
    let hasEnded = false;
    let head: Omit<HssResponse, 'body' | 'bytes'> | null = null;
    let codings: readonly string[] = [];
    let bytes = 0;
    const chunks: Buffer[] = [];

    const end = (how: ExchangeEnd): Promise<void> => {
      hasEnded = true;
      clearTimeout(timer);
      limits.signal?.removeEventListener('abort', onAbort);
      limits.memory.giveBack(bytes);
      return connection.release(how);
    };
    const fail = (error: HssError, how: ExchangeEnd = 'given-up'): void => {
      // Not before the connection is closed: its place is for another call then.
      if (!hasEnded) void end(how).then(() => reject(error));
    };
    const onAbort = (): void => fail(limits.signal?.reason as HssError);
    const onTimeout = (): void => {
      const reason = isSent ? ('RESPONSE_TIMEOUT' satisfies OwnReason) : 'UND_ERR_CONNECT_TIMEOUT';
      fail(new HssError('timeout', { sent: isSent, reason }));
    };
    if (limits.signal?.aborted) {
      reject(limits.signal.reason as HssError);
      return;
    }
    limits.signal?.addEventListener('abort', onAbort, { once: true });
    const timer = setTimeout(onTimeout, limits.timeoutMs);
    const connection = connections.take();

    /** What cannot be read is no answer where one was asked for; an error is told by its status. */
    const settleUnread = (): void => {
      if (!head) return;
      if (head.status < 300) reject(new HssError('bad-response', { ...head }));
      else resolve({ ...head, body: '', bytes: 0 });
    };

    connection.dispatcher.dispatch(
      { ...request, origin: connections.origin },
      {
        onRequestStart(controller) {
          // Ended while the connection was being made: nothing has been written yet, and nothing will be.
          if (hasEnded) controller.abort(new HssError('caller-left', { sent: false }));
          else isSent = true;
        },
        onResponseStart(_controller, status, headers) {
          // 102 and 103 announce an answer.
          if (status < 200) return;
          codings = readCodings(headers['content-encoding']);
          head = {
            status,
            requestId: readRequestId(headers['x-request-id']),
            retryAfterSeconds: readRetryAfter(headers),
            isReused: connection.isReused(),
          };
        },
        onResponseData(_controller, chunk) {
          if (hasEnded) return;
          if (bytes + chunk.length > maxBodyBytes) {
            void end('given-up').then(settleUnread);
            return;
          }
          try {
            limits.memory.take(chunk.length, bytes);
          } catch (error) {
            fail(error as HssError);
            return;
          }
          bytes += chunk.length;
          chunks.push(chunk);
        },
        onResponseEnd() {
          if (hasEnded || !head) return;
          const whole = head;
          void end(whole.status === 408 ? 'broken' : 'answered');
          const content = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
          if (codings.length === 0) resolve({ ...whole, body: content.toString(), bytes });
          else
            decompress(content, codings, maxBodyBytes).then(
              (body) => resolve({ ...whole, body: body.toString(), bytes: body.length }),
              settleUnread,
            );
        },
        onResponseError(_controller, error) {
          const reason = reasonOf(error);
          const kind = reason === 'UND_ERR_CONNECT_TIMEOUT' ? 'timeout' : 'unavailable';
          fail(new HssError(kind, { sent: isSent, reason }), 'broken');
        },
      },
    );
  });
}
