import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Transform } from 'node:stream';
import type { Gateway } from '../gateway.ts';
import { refusalBody } from './refusal.ts';
import { bodyTooLarge, maxBodyBytes } from './use-body-limit.ts';

/** The gateway as a listener of node:http, bodies bounded to 1 MiB whether they declare their length or not. */
export function createRequestListener({ yoga }: Gateway): RequestListener {
  return (request, response) => {
    // Yoga would answer with the stack of its own failure.
    if (!URL.canParse(request.url ?? '', `http://${request.headers.host ?? 'localhost'}`)) {
      response.statusCode = 400;
      response.setHeader('content-type', 'application/json; charset=utf-8');
      response.end(refusalBody('BAD_USER_INPUT', 'Host and path of the request make no URL.'));
      return;
    }
    // node:http takes no byte more than a declared length, which is checked later: only a body without one is counted.
    const isCounted = request.headers['transfer-encoding'] !== undefined;
    void yoga.handle(isCounted ? withCountedBody(request, response) : request, response);
  };
}

/** The request with a body that fails when it grows too large. */
function withCountedBody(
  request: IncomingMessage & { originalUrl?: string },
  response: ServerResponse,
): IncomingMessage {
  let bytes = 0;
  const body = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes <= maxBodyBytes) {
        done(null, chunk);
        return;
      }
      // The rest of the body is not read, so the connection is of no more use.
      response.setHeader('connection', 'close');
      done(bodyTooLarge());
    },
  });
  // `pipe` does not pass on that the caller has left; `pipeline` would take the connection from an answer of 413.
  request.once('close', () => {
    if (!request.complete) body.destroy(new Error('The caller has left.'));
  });
  const { method, url, originalUrl, headers, socket } = request;
  return Object.assign(request.pipe(body), { method, url, originalUrl, headers, socket }) as unknown as IncomingMessage;
}
