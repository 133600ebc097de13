import { Client, ProxyAgent, buildConnector, type Dispatcher } from 'undici';

export interface ConnectionOptions {
  readonly origin: string;
  /** The proxy to connect through, with its credentials; null: none. */
  readonly proxy: URL | null;
  readonly connectTimeoutMs: number;
  /** How long a connection may be idle, whatever HSS says: middleboxes drop idle ones silently. */
  readonly maxIdleMs?: number;
  /** How old a connection may become under steady traffic: a new one notices if HSS has moved. */
  readonly maxAgeMs?: number;
}

/** How the exchange over a connection ended: by a whole answer, by the gateway's choice, or by a failure. */
export type ExchangeEnd = 'answered' | 'given-up' | 'broken';

/** A connection to HSS, for one exchange at a time. It is made when first needed. */
export interface Connection {
  readonly dispatcher: Dispatcher;
  /** Whether HSS has answered over it before. */
  isReused(): boolean;
  /** Gives it back. Resolves when the exchange no longer uses it. */
  release(end: ExchangeEnd): Promise<void>;
}

/** The connections to one HSS: as many as simultaneous exchanges, which the bulkhead bounds. */
export interface Connections {
  readonly origin: string;
  take(): Connection;
  /** Ends them all, and every exchange under way. */
  close(): Promise<void>;
}

/**
 * Written here, because undici's Pool hangs when its `clientTtl` has passed and `connections` is set (undici issue
 * 5144), and does not tell whether a connection was used before.
 */
export function createConnections(options: ConnectionOptions): Connections {
  const { origin, proxy, connectTimeoutMs, maxIdleMs = 4_000, maxAgeMs = 60_000 } = options;
  const connect = { timeout: connectTimeoutMs };
  // Shared by all: it remembers TLS sessions.
  const connector = buildConnector(connect);
  // One timer bounds a whole exchange (exchange.ts).
  const limits = { keepAliveTimeout: maxIdleMs, keepAliveMaxTimeout: maxIdleMs, headersTimeout: 0, bodyTimeout: 0 };
  const all = new Set<Connection>();
  /** The one used last is reused first, so that the others may become idle. */
  const idle: Connection[] = [];
  let isClosed = false;

  async function drop(connection: Connection): Promise<void> {
    all.delete(connection);
    const index = idle.lastIndexOf(connection);
    if (index >= 0) idle.splice(index, 1);
    await connection.dispatcher.destroy();
  }

  function open(): Connection {
    let connectedAt: number | null = null;
    let answers = 0;

    const watch = (client: Client): Client =>
      client
        .on('connect', () => {
          connectedAt = performance.now();
          answers = 0;
        })
        .on('disconnect', (_origin, _targets, error) => {
          connectedAt = null;
          if (idle.includes(connection)) void drop(connection);
          // Made for this exchange, lost before its request was written: undici would reconnect without pause or end.
          else if (answers === 0) void client.destroy(error);
        })
        // Some failures make undici retry in the same way.
        .on('connectionError', (_origin, _targets, error) => void client.destroy(error));

    const dispatcher = proxy
      ? new ProxyAgent({
          uri: proxy.href,
          ...limits,
          requestTls: connect,
          proxyTls: connect,
          factory: (to, given) => watch(new Client(to, given)),
        })
      : watch(new Client(origin, { ...limits, connect: connector }));

    const isFit = (): boolean => connectedAt !== null && performance.now() - connectedAt < maxAgeMs;

    const connection: Connection = {
      dispatcher,
      isReused: () => answers > 0,
      async release(end) {
        // If a kept connection broke, the others probably did too.
        if (end === 'broken' && answers > 0) for (const kept of [...idle]) void drop(kept);
        answers += 1;
        if (end === 'answered' && isFit()) idle.push(connection);
        else await drop(connection);
      },
    };
    all.add(connection);
    if (isClosed) void drop(connection);
    return connection;
  }

  return {
    origin,
    take: () => idle.pop() ?? open(),
    async close() {
      isClosed = true;
      await Promise.all([...all].map(drop));
    },
  };
}
