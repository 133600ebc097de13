import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import type { GraphQLError } from 'graphql';
import { clientError } from '../errors/client-error.ts';
import { endOfTurn } from '../turn.ts';

/** The longest request body. */
export const maxBodyBytes = 1024 * 1024;

const byteOrderMark = '\uFEFF';

/** A request body as it arrives. Not a list of chunks: a client may send each byte as one, and a Buffer takes 400. */
export class Body {
  #buffer: Buffer = Buffer.alloc(0);
  #length = 0;

  /** False if the body would become too long. */
  add(chunk: Buffer): boolean {
    const length = this.#length + chunk.length;
    if (length > maxBodyBytes) return false;
    if (this.#length === 0) {
      this.#buffer = chunk;
    } else {
      if (length > this.#buffer.length) this.#grow(Math.min(maxBodyBytes, 2 * length));
      chunk.copy(this.#buffer, this.#length);
    }
    this.#length = length;
    return true;
  }

  /** Throws a client error if it is not UTF-8: with bad bytes replaced, an id could become another one. */
  text(): string {
    const bytes = this.#buffer.subarray(0, this.#length);
    if (!isUtf8(bytes)) throw clientError('BAD_USER_INPUT', 'The body is not UTF-8.', { http: { status: 400 } });
    const text = bytes.toString('utf8');
    return text.startsWith(byteOrderMark) ? text.slice(1) : text;
  }

  /** Lets go of what has come. */
  drop(): void {
    this.#buffer = Buffer.alloc(0);
    this.#length = 0;
  }

  #grow(length: number): void {
    const larger = Buffer.allocUnsafe(length);
    this.#buffer.copy(larger, 0, 0, this.#length);
    this.#buffer = larger;
  }
}

export const bodyTooLarge = (): GraphQLError =>
  clientError('BAD_USER_INPUT', `The body may have ${maxBodyBytes} bytes at most.`, { http: { status: 413 } });

/** The client has left: nobody is there to read the error. */
export const incomplete = (): GraphQLError => clientError('BAD_USER_INPUT', 'The request is not complete.');

/** There may be room in a moment. */
export const busyMessage = 'The gateway is busy.';

const noRoom = (): GraphQLError => clientError('UPSTREAM_UNAVAILABLE', busyMessage, { http: { status: 503 } });

/**
 * Reads a body as UTF-8 text. One declared to be too large is refused before a byte of it is read; `mayHold` says
 * whether there is room for that many more bytes.
 */
export function readBody(request: IncomingMessage, mayHold: (bytes: number) => boolean): Promise<string> {
  if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) return Promise.reject(bodyTooLarge());
  return new Promise((resolve, reject) => {
    const body = new Body();
    const onData = (chunk: Buffer): void => {
      const hasRoom = mayHold(chunk.length);
      if (hasRoom && body.add(chunk)) return;
      request.off('data', onData);
      // A client that goes on to send may keep the request for some seconds.
      body.drop();
      // The rest must not be read, either: V8 lets hundreds of megabytes of dropped bytes pile up.
      if (!hasRoom) request.pause();
      reject(hasRoom ? bodyTooLarge() : noRoom());
    };
    request.on('data', onData);
    request.on('end', () => {
      // Requests that arrived in one turn continue together.
      endOfTurn()
        .then(() => body.text())
        .then(resolve, reject);
    });
    request.on('error', () => reject(incomplete()));
    request.on('close', () => {
      if (!request.complete) reject(incomplete());
    });
  });
}
