import { createServer, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Gateway } from '../gateway.ts';
import { refusalBody } from './refusal.ts';
import { createRequestListener } from './listener.ts';

/** All headers of a request together; a token may have 32,768 characters. */
const maxHeaderBytes = 64 * 1024;
/** How long a client may take to send the headers of a request, and to send all of it. */
const headersMs = 30_000;
const requestMs = 60_000;
/**
 * How long beyond the time of an operation nothing may come or go: then its caller does not read the answer. node:http
 * waits twice as long where bytes are left to write.
 */
const stallMs = 30_000;
/** Longer than a load balancer keeps a connection idle, so that it is never the gateway that closes one in use. */
const keepAliveMs = 75_000;

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

/** The gateway behind node:http: bounds on what comes in, and an orderly end. */
export function createGatewayServer(gateway: Gateway): GatewayServer {
  let isDraining = false;
  const listener = createRequestListener(gateway);
  const sockets = new Set<Socket>();
  const underWay = new Map<ServerResponse, Socket>();
  const options = {
    maxHeaderSize: maxHeaderBytes,
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    keepAliveTimeout: keepAliveMs,
    connectionsCheckingInterval: 5_000,
  };
  const server = createServer(options, (request, response) => {
    const { socket } = request;
    if (isDraining) endConnectionWith(response);
    underWay.set(response, socket);
    response.once('close', () => {
      underWay.delete(response);
      // An answer that had begun before the draining did could not say that its connection ends.
      if (isDraining) socket.end();
    });
    listener(request, response);
  });
  server.timeout = gateway.operationTimeoutMs + stallMs;
  server.on('clientError', refuseUnreadable);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
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
      for (const response of underWay.keys()) endConnectionWith(response);
      await new Promise((resolve) => setTimeout(resolve, drainDelayMs));
      const end = closed(server);
      // One that has not asked for anything yet does not count as idle, and would be waited for.
      const busy = new Set(underWay.values());
      for (const socket of sockets) if (!busy.has(socket)) socket.destroy();
      await end;
    },
    async close() {
      const end = closed(server);
      server.closeAllConnections();
      await end;
    },
  };
}

/** A connection that is kept alive would outlive its welcome. */
function endConnectionWith(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('connection', 'close');
}

/** What node:http cannot read it answers without a body; a GraphQL client expects one. */
function refuseUnreadable(error: Error & { code?: string }, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const { status, message } = unreadable.get(error.code) ?? { status: '400 Bad Request', message: 'This is no HTTP.' };
  const body = refusalBody('BAD_USER_INPUT', message);
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  );
}

const unreadable: ReadonlyMap<unknown, { readonly status: string; readonly message: string }> = new Map([
  [
    'HPE_HEADER_OVERFLOW',
    {
      status: '431 Request Header Fields Too Large',
      message: `The headers may have ${maxHeaderBytes} bytes at most.`,
    },
  ],
  ['ERR_HTTP_REQUEST_TIMEOUT', { status: '408 Request Timeout', message: 'The request did not come in time.' }],
]);

function closed(server: Server): Promise<void> {
  return new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())));
}
