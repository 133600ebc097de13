import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { OnRefused } from './request.ts';
import { refuseUnreadable } from './unreadable-request.ts';

/** Requests of one connection that are served at once: only clients that pipeline have more than one. */
const maxPipelined = 16;
/** Requests beyond that, over all connections, that wait in memory: a connection that brings more is closed. */
const maxWaiting = 4_000;

/** The open connections of clients, and what is under way on them. */
export interface ClientConnections {
  add(socket: Socket): void;
  /** Serves a request that has arrived, now or when its connection has room for it. */
  receive(request: IncomingMessage, response: ServerResponse): void;
  /**
   * Refuses what could not be read, after what came before it on the connection has been answered (RFC 9112, section
   * 9.3.2). `code`: see unreadable-request.ts.
   */
  refuse(code: string | undefined, socket: Duplex): void;
  /** Ends a connection on which nothing has come or gone for too long. */
  timeOut(socket: Duplex): void;
  /** From now on each connection ends with its last response. */
  drain(): void;
  /** Serves no more requests, and ends connections that have nothing under way. */
  end(): void;
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

export function createClientConnections(listener: RequestListener, onRefused: OnRefused): ClientConnections {
  let isDraining = false;
  /** A client that pipelines without a break would be served for good. */
  let isEnding = false;
  let waitingTotal = 0;
  /** The open ones. Not a map of all responses: see docs/decisions/0007 on maps of requests. */
  const connections = new Map<Duplex, Connection>();

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

  function refuseInOrder(code: string | undefined, socket: Duplex): void {
    const connection = connections.get(socket);
    const earlier = connection?.underWay.findLast(({ req }) => req.complete);
    const latest = connection?.latest?.req.complete === false ? connection.latest : null;
    if (connection) connection.isRefused = true;
    if (earlier) earlier.once('close', () => refuseInOrder(code, socket));
    // These bytes belong to a request that has its response: a second one would be taken for the next request's.
    else if (latest?.headersSent) socket.destroy();
    else refuseUnreadable(code, socket, latest?.req ?? null, onRefused);
  }

  return {
    add(socket) {
      const connection: Connection = { underWay: [], waiting: [], latest: null, isRefused: false };
      connections.set(socket, connection);
      // node:http resumes reading after each request that it has read.
      socket.on('resume', () => {
        if (connection.waiting.length === 0) return;
        // Paused since it began to resume, it would say nothing: node:http stops reading when it is told.
        if (socket.isPaused()) socket.emit('pause');
        else socket.pause();
      });
      socket.once('close', () => {
        connections.delete(socket);
        waitingTotal -= connection.waiting.splice(0).length;
      });
    },
    receive({ socket }, response) {
      const connection = connections.get(socket);
      if (!connection || connection.isRefused || isEnding) return;
      if (connection.underWay.length < maxPipelined) {
        serve(connection, response);
        return;
      }
      if (waitingTotal === maxWaiting) {
        socket.destroy();
        return;
      }
      waitingTotal += 1;
      connection.latest = response;
      connection.waiting.push(response);
      socket.pause();
    },
    refuse(code, socket) {
      if (!connections.get(socket)?.isRefused) refuseInOrder(code, socket);
    },
    timeOut(socket) {
      const [first] = connections.get(socket)?.underWay ?? [];
      // Who stops in the middle of its request is told; who does not read what came before it could not be.
      if (first && !first.req.complete && !first.headersSent) refuseInOrder('ERR_HTTP_REQUEST_TIMEOUT', socket);
      else socket.destroy();
    },
    drain() {
      isDraining = true;
      for (const { underWay } of connections.values()) underWay.slice(-1).forEach(endConnectionWith);
    },
    end() {
      isEnding = true;
      for (const [socket, { underWay }] of connections) if (underWay.length === 0) socket.destroy();
    },
  };
}

/** Tells the client to close the connection after this response. */
function endConnectionWith(response: ServerResponse): void {
  if (!response.headersSent) response.shouldKeepAlive = false;
}
