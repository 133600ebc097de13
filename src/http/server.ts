import { STATUS_CODES, createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { maxBodyBytes } from './body.ts';
import { addCommonHeaders } from './common-headers.ts';
import { refuse } from './graphql-response.ts';
import { createListener, IncomingHeaders } from './listener.ts';
import { readRequestId } from './request-id.ts';
import { operationMethods, type HeaderReader, type OnRefused } from './request.ts';
import type { Routes } from './routes.ts';

/** All headers of a request together; a token may have 32,768 characters. */
const maxHeaderBytes = 64 * 1024;
/** How long a client may take to send the headers of a request, and to send all of it. */
const headersMs = 10_000;
const requestMs = 60_000;
/**
 * How long beyond the time of an operation nothing may come or go: then its client does not read the response. node:http
 * waits twice as long where bytes are left to write.
 */
const stallMs = 30_000;
/** Longer than a load balancer keeps a connection idle, so that it is never the gateway that closes one in use. */
const keepAliveMs = 75_000;

/** Requests of one connection that are served at once: only clients that pipeline have more than one. */
const maxPipelined = 16;
/** Requests beyond that, over all connections, that wait in memory: a connection that brings more is closed. */
const maxWaiting = 4_000;

export interface GatewayServer {
  /** Resolves to the port. */
  listen(port: number, host: string): Promise<number>;
  /**
   * Lets operations under way finish and new ones in for `drainDelayMs`, so that whoever sends them learns of it, then
   * stops listening. Resolves when the last connection has closed.
   */
  drain(drainDelayMs: number): Promise<void>;
  /** Ends at once, whatever is under way. */
  close(): Promise<void>;
}

/** What is served. */
export interface Served {
  readonly routes: Routes;
  /** Told of requests that the routes have not seen. */
  readonly onRefused: OnRefused;
  /** An operation is answered within this time. */
  readonly operationTimeoutMs: number;
  /** From now on `/ready` says 503; everything else goes on. */
  drain(): void;
}

/** What is known of an open connection. */
interface Connection {
  /** The responses under way on it, in the order of their requests, which is that in which they are sent. */
  readonly underWay: ServerResponse[];
  /** Responses to requests that have arrived but are not served yet. While there are any, nothing more is read. */
  readonly waiting: ServerResponse[];
  /** To the request that came last, which may not have come whole. */
  latest: ServerResponse | null;
  /** What came on it could not be read: nothing more is. */
  isRefused: boolean;
}

/** node:http before the gateway: bounds on what comes in, and an orderly end. `maxStallMs` is for tests. */
export function createGatewayServer(gateway: Served, maxStallMs = stallMs): GatewayServer {
  let isDraining = false;
  const listener = createListener(gateway.routes, gateway.onRefused);
  let waitingTotal = 0;
  /** The open ones. Not a map of all responses: see docs/decisions/0007 on maps of requests. */
  const connections = new Map<Duplex, Connection>();
  const options = {
    maxHeaderSize: maxHeaderBytes,
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    keepAliveTimeout: keepAliveMs,
    connectionsCheckingInterval: 5_000,
    // routes.ts answers a request without Host, with a body.
    requireHostHeader: false,
  };
  const server = createServer(options, (request, response) => {
    const connection = connections.get(request.socket);
    if (!connection || connection.isRefused) return;
    if (connection.underWay.length < maxPipelined) {
      serve(connection, response);
      return;
    }
    if (waitingTotal === maxWaiting) {
      request.socket.destroy();
      return;
    }
    waitingTotal += 1;
    connection.latest = response;
    connection.waiting.push(response);
    request.socket.pause();
  });

  function serve(connection: Connection, response: ServerResponse): void {
    const { underWay, waiting } = connection;
    const { req: request } = response;
    const { socket } = request;
    const before = underWay.at(-1);
    // The connection ends with the response before: this request could be carried out, but not answered.
    if (socket.destroyed || (before?.headersSent && !before.shouldKeepAlive)) return;
    if (isDraining) {
      if (before && !before.headersSent) before.shouldKeepAlive = true;
      endConnectionWith(response);
    }
    if (waiting.length === 0) connection.latest = response;
    underWay.push(response);
    response.once('close', () => {
      underWay.splice(underWay.indexOf(response), 1);
      // The client's token must not outlive its operation on a kept connection.
      if (connection.latest === response && request.complete) connection.latest = null;
      const next = waiting.shift();
      if (next) {
        waitingTotal -= 1;
        serve(connection, next);
        if (waiting.length === 0) socket.resume();
      }
      // A response that had begun before the draining did could not say that its connection ends.
      if (isDraining && underWay.length === 0) socket.end();
    });
    listener(request, response);
  }
  server.timeout = gateway.operationTimeoutMs + maxStallMs;
  // Their bytes are bounded. Beyond 2,000 node:http would drop headers without a word, and with `X-Project-Id` a caller's project.
  server.maxHeadersCount = 0;

  /** Refuses what cannot be read after what came before it on the connection has been answered (RFC 9112, section 9.3.2). */
  function refuseInOrder(code: string | undefined, socket: Duplex): void {
    const connection = connections.get(socket);
    const earlier = connection?.underWay.findLast(({ req }) => req.complete);
    const latest = connection?.latest?.req.complete === false ? connection.latest : null;
    if (connection) connection.isRefused = true;
    if (earlier) earlier.once('close', () => refuseInOrder(code, socket));
    // These bytes belong to a request that has its response: a second one would be taken for the next request's.
    else if (latest?.headersSent) socket.destroy();
    else refuseUnreadable(code, socket, latest?.req ?? null, gateway.onRefused);
  }
  server.on('clientError', ({ code }: Error & { code?: string }, socket) => {
    if (!connections.get(socket)?.isRefused) refuseInOrder(code, socket);
  });
  server.on('timeout', (socket: Socket) => {
    const [first] = connections.get(socket)?.underWay ?? [];
    // Who stops in the middle of its request is told; who does not read what came before it could not be.
    if (first && !first.req.complete && !first.headersSent) refuseInOrder('ERR_HTTP_REQUEST_TIMEOUT', socket);
    else socket.destroy();
  });
  // A server need not know what else a client expects (RFC 9110, section 10.1.1).
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  server.on('checkContinue', (request, response) => {
    // Who would send too much is refused before.
    if (Number(request.headers['content-length'] ?? 0) <= maxBodyBytes) response.writeContinue();
    server.emit('request', request, response);
  });
  server.on('connect', (_request, socket) => {
    // node:http listens to it no more.
    socket.on('error', () => socket.destroy());
    refuseInOrder('CONNECT', socket);
  });
  server.on('connection', (socket: Socket) => {
    const connection: Connection = { underWay: [], waiting: [], latest: null, isRefused: false };
    connections.set(socket, connection);
    // node:http resumes reading after each request that it has read.
    socket.on('resume', () => {
      if (connection.waiting.length > 0) socket.pause();
    });
    socket.once('close', () => {
      connections.delete(socket);
      waitingTotal -= connection.waiting.splice(0).length;
    });
  });

  return {
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => {
          server.off('error', reject);
          const address = server.address();
          resolve(typeof address === 'object' && address !== null ? address.port : port);
        });
      }),
    async drain(drainDelayMs) {
      isDraining = true;
      gateway.drain();
      for (const { underWay } of connections.values()) underWay.slice(-1).forEach(endConnectionWith);
      await new Promise((resolve) => setTimeout(resolve, drainDelayMs));
      const end = closed(server);
      // One that has not asked for anything yet does not count as idle, and would be waited for.
      for (const [socket, { underWay }] of connections) if (underWay.length === 0) socket.destroy();
      await end;
    },
    async close() {
      const end = closed(server);
      server.closeAllConnections();
      await end;
    },
  };
}

/** Tells the client to close the connection after this response. */
function endConnectionWith(response: ServerResponse): void {
  if (!response.headersSent) response.shouldKeepAlive = false;
}

/**
 * Refuses what node:http cannot read with the body that a GraphQL client expects: node:http itself would send none. `begun`: the
 * request whose headers had come; null where they had not.
 */
function refuseUnreadable(
  reason: string | undefined,
  socket: Duplex,
  begun: IncomingMessage | null,
  onRefused: OnRefused,
): void {
  if (!socket.writable || reason === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const { status, message } = unreadable.get(reason) ?? { status: 400, message: 'This is no HTTP.' };
  const headers = begun ? new IncomingHeaders(begun) : noHeaders;
  const requestId = readRequestId(headers);
  const response = refuse({ headers }, status, 'http', message, {
    vary: 'Origin',
    connection: 'close',
    ...(reason === 'CONNECT' && { allow: operationMethods }),
  });
  addCommonHeaders(response.headers, requestId);
  const { body, refusal } = response;
  // Who left in the middle of a request was not refused.
  if (reason !== 'HPE_INVALID_EOF_STATE')
    onRefused({ requestId, status, ...refusal }, begun && { headers, peer: begun.socket.remoteAddress ?? null });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    ...Object.entries(response.headers).map(([name, value]) => `${name}: ${value}`),
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  // All of the connection: what else comes on it could be carried out, and not answered.
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}

const noHeaders: HeaderReader = { get: () => null };

/** By the codes of node:http's errors, and our own word for what it tells by an event. */
const unreadable: ReadonlyMap<unknown, { readonly status: number; readonly message: string }> = new Map([
  ['HPE_HEADER_OVERFLOW', { status: 431, message: `The headers may have ${maxHeaderBytes} bytes at most.` }],
  ['CONNECT', { status: 405, message: 'This is no proxy.' }],
  ['ERR_HTTP_REQUEST_TIMEOUT', { status: 408, message: 'The request did not come in time.' }],
]);

function closed(server: Server): Promise<void> {
  return new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())));
}
