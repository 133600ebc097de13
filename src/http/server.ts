import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { maxBodyBytes } from './body.ts';
import { createClientConnections } from './client-connections.ts';
import { createListener } from './listener.ts';
import type { OnRefused } from './request.ts';
import type { Routes } from './routes.ts';
import { maxHeaderBytes } from './unreadable-request.ts';

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

/** node:http before the gateway: bounds on what comes in, and an orderly end. `maxStallMs` is for tests. */
export function createGatewayServer(gateway: Served, maxStallMs = stallMs): GatewayServer {
  const connections = createClientConnections(createListener(gateway.routes, gateway.onRefused), gateway.onRefused);
  const options = {
    maxHeaderSize: maxHeaderBytes,
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    keepAliveTimeout: keepAliveMs,
    connectionsCheckingInterval: 5_000,
    // routes.ts answers a request without Host, with a body.
    requireHostHeader: false,
  };
  const server = createServer(options, (request, response) => connections.receive(request, response));
  server.timeout = gateway.operationTimeoutMs + maxStallMs;
  // Their bytes are bounded. Beyond 2,000 node:http would drop headers without a word, and with `X-Project-Id` a caller's project.
  server.maxHeadersCount = 0;

  server.on('connection', (socket) => connections.add(socket));
  server.on('clientError', ({ code }: Error & { code?: string }, socket) => connections.refuse(code, socket));
  server.on('timeout', (socket: Socket) => connections.timeOut(socket));
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
    connections.refuse('CONNECT', socket);
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
      gateway.drain();
      connections.drain();
      await new Promise((resolve) => setTimeout(resolve, drainDelayMs));
      const end = closed(server);
      // One that has not asked for anything yet does not count as idle for node:http, and would be waited for.
      connections.end();
      await end;
    },
    async close() {
      const end = closed(server);
      server.closeAllConnections();
      await end;
    },
  };
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())));
}
