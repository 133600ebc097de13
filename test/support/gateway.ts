import { Writable } from 'node:stream';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { createGateway, type GatewayConfig } from '../../src/gateway.ts';
import { createGatewayServer } from '../../src/http/server.ts';
import { createSimulator, type Simulator } from '../../src/simulator/simulator.ts';

type SimulatorOptions = Parameters<typeof createSimulator>[0];

export interface GatewayOptions {
  /** Environment variables of the gateway; HSS_ENDPOINT is the simulator's unless given. */
  readonly env?: Readonly<Record<string, string>>;
  readonly config?: Partial<GatewayConfig>;
  readonly simulator?: SimulatorOptions;
  /** Of its log. */
  readonly level?: string;
}

export interface GraphQLResult {
  readonly status: number;
  readonly headers: Headers;
  // Tests look into answers of every shape; a wrong path fails the test that takes it.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly data: any;
  readonly errors:
    | readonly {
        message: string;
        path?: (string | number)[];
        locations?: { line: number; column: number }[];
        extensions: Record<string, unknown>;
      }[]
    | undefined;
  readonly extensions: Record<string, unknown> | undefined;
}

export interface TestGateway {
  /** Of `/graphql`. */
  readonly url: string;
  readonly simulator: Simulator;
  /** Lines of the log so far. */
  readonly log: readonly Record<string, unknown>[];
  /** Sends an operation; the token is `token` and the project `project` unless the headers say otherwise. */
  readonly query: (
    query: string,
    variables?: object,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<GraphQLResult>;
  readonly fetch: (path: string, init?: RequestInit) => Promise<Response>;
  readonly close: () => Promise<void>;
}

/** A gateway before a simulator, each behind a real socket, closed when the test has finished. */
export async function startGateway({
  env,
  config,
  simulator: switches,
  level = 'info',
}: GatewayOptions = {}): Promise<TestGateway> {
  const simulator = createSimulator(switches);
  const hssEndpoint = new URL(env?.HSS_ENDPOINT ?? (await simulator.listen()));
  const log: Record<string, unknown>[] = [];
  const lines = new Writable({
    write(chunk: Buffer, _encoding, done) {
      log.push(JSON.parse(chunk.toString()) as Record<string, unknown>);
      done();
    },
  });
  const gateway = createGateway(
    { ...readConfig({ HSS_PROJECT_ID: 'project', HSS_ENDPOINT: hssEndpoint.href, ...env }), hssEndpoint, ...config },
    pino({ base: null, level }, lines),
  );
  const server = createGatewayServer(gateway);
  const origin = `http://127.0.0.1:${await server.listen(0, '127.0.0.1')}`;
  let isClosed = false;
  const close = async (): Promise<void> => {
    if (isClosed) return;
    isClosed = true;
    await gateway.close();
    await simulator.close();
    await server.close();
  };
  onTestFinished(close);

  return {
    url: `${origin}/graphql`,
    simulator,
    log,
    fetch: (path, init) => fetch(`${origin}${path}`, init),
    async query(query, variables = {}, headers = {}) {
      const response = await fetch(`${origin}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-auth-token': 'token', ...headers },
        body: JSON.stringify({ query, variables }),
      });
      const body = (await response.json()) as Omit<GraphQLResult, 'status' | 'headers'>;
      return {
        data: body.data,
        errors: body.errors,
        extensions: body.extensions,
        status: response.status,
        headers: response.headers,
      };
    },
    close,
  };
}
