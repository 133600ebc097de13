import type { IncomingMessage } from 'node:http';
import type { GraphQLError } from 'graphql';
import { clientError } from '../errors/client-error.ts';
import { endOfTurn } from '../turn.ts';

/** The longest body of a request. */
export const maxBodyBytes = 1024 * 1024;

export const bodyTooLarge = (maxBytes: number): GraphQLError =>
  clientError('BAD_USER_INPUT', `The body may have ${maxBytes} bytes at most.`, { http: { status: 413 } });

/** Nobody is there to read it. */
const incomplete = (): GraphQLError => clientError('BAD_USER_INPUT', 'The request is not complete.');

/** Reads a body as UTF-8 text. One that says that it is too large is refused before a byte of it is read. */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<string> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return Promise.reject(bodyTooLarge(maxBytes));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxBytes) {
        chunks.push(chunk);
        return;
      }
      // Nobody reads the rest: the response ends the connection.
      request.pause();
      reject(bodyTooLarge(maxBytes));
    });
    request.on('end', () => {
      // Requests that have come in one turn go on together.
      void endOfTurn().then(() => resolve(decode(chunks)));
    });
    request.on('error', () => reject(incomplete()));
    request.on('close', () => {
      if (!request.complete) reject(incomplete());
    });
  });
}

const byteOrderMark = '\uFEFF';

function decode(chunks: readonly Buffer[]): string {
  const bytes = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
  const text = bytes.toString('utf8');
  return text.startsWith(byteOrderMark) ? text.slice(1) : text;
}
