import { describe, expect, it } from 'vitest';
import { hssError } from '../../src/simulator/error-replies.ts';
import { startGateway, type GatewayOptions, type GraphQLResult, type TestGateway } from '../support/gateway.ts';
import { composeSupergraph, hssSubgraph, startInventory, startNotes, type RunningSubgraph } from './subgraphs.ts';

/** What a router must let through to the gateway. */
export const forwardedHeaders = ['x-auth-token', 'x-project-id', 'traceparent', 'tracestate', 'x-request-id'];

/** What the gateway asks of whoever asks it: that every test here passes shows that the router sends it. */
export const routerSecret = 'secret-of-the-router';

export interface RouterUnderTest {
  readonly name: string;
  /** Starts the router over a supergraph until the test has finished; resolves to its URL. */
  readonly start: (supergraphSdl: string) => Promise<string>;
  /** Where it says that the ports of the server at `index` of `servers` failed. */
  readonly errorPath: (index: number) => (string | number)[];
}

interface Federation {
  readonly gateway: TestGateway;
  readonly inventory: RunningSubgraph;
  /** Sends an operation to the router; the token is `token` unless the headers say otherwise. */
  readonly ask: (
    query: string,
    variables?: object,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<GraphQLResult>;
}

/** In no order that anybody would sort by, so that an order kept is not one made. */
const hostIds = Array.from({ length: 50 }, (_, index) => `host-${(index * 37) % 50}`);
const hosts = hostIds.map((hostId, index) => ({
  hostId,
  agentId: `agent-${hostId}`,
  rows: Array.from({ length: 1 + (index % 3) }, (_, row) => ({
    host_id: hostId,
    agent_id: `agent-${hostId}`,
    port: 1000 + 10 * index + row,
    type: 'TCP',
    status: 'danger',
    laddr: '0.0.0.0',
    pid: 100 + row,
    path: '/usr/sbin/sshd',
    container_id: '',
  })),
}));

const portsOfServers = `
  query PortsOfServers { servers { id name ports { totalCount nodes { port } } } }
`;

/** The assertions that hold behind every router. */
export function describeBehind({ name, start: startRouter, errorPath }: RouterUnderTest): void {
  async function start(
    notes = new Map<string, string>(),
    options: Pick<GatewayOptions, 'env'> = {},
  ): Promise<Federation> {
    const env = { ...options.env, ROUTER_SECRET: routerSecret };
    const gateway = await startGateway({ simulator: { data: hosts }, env });
    const inventory = await startInventory(hostIds);
    const supergraph = composeSupergraph([hssSubgraph(gateway.url), inventory, await startNotes(notes)]);
    const url = await startRouter(supergraph);
    return {
      gateway,
      inventory,
      async ask(query, variables = {}, headers = {}) {
        const response = await fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-auth-token': 'token', ...headers },
          body: JSON.stringify({ query, variables }),
        });
        const body = (await response.json()) as Omit<GraphQLResult, 'status' | 'headers'>;
        return { ...body, status: response.status, headers: response.headers };
      },
    };
  }

  const requestsTo = (gateway: TestGateway) => gateway.log.filter(({ msg }) => msg === 'operation');

  // A router may be a process of its own, and is started for each test.
  describe(`the gateway behind ${name}`, { timeout: 90_000 }, () => {
    it("gives the ports of another subgraph's 50 hosts in one request, in order, with 50 reads", async () => {
      const { gateway, ask } = await start();
      const { data, errors } = await ask(portsOfServers);
      expect(errors).toBeUndefined();
      expect(data.servers).toEqual(
        hosts.map(({ hostId, rows }) => ({
          id: hostId,
          name: `ecs-${hostId}`,
          ports: { totalCount: rows.length, nodes: rows.map(({ port }) => ({ port })) },
        })),
      );
      expect(gateway.simulator.calls).toHaveLength(50);
      expect(new Set(gateway.simulator.calls.map(({ query }) => query.host_id))).toEqual(new Set(hostIds));
      expect(requestsTo(gateway)).toMatchObject([{ reads: 50, codes: [] }]);
    });

    it('is told the names of its own hosts by another subgraph', async () => {
      const { ask } = await start();
      const ids = ['host-3', 'host-1', 'host-3'];
      const { data, errors } = await ask('query ($ids: [ID!]!) { hosts(ids: $ids) { name ports { totalCount } } }', {
        ids,
      });
      expect(errors).toBeUndefined();
      expect(data.hosts.map((host: { name: string }) => host.name)).toEqual(ids.map((id) => `ecs-${id}`));
    });

    it('shares reads among aliases of a page as it does alone', async () => {
      const { gateway, ask } = await start();
      const { data, errors } = await ask(`{
        servers { first: ports(page: { limit: 1 }) { nodes { port } } all: ports { totalCount nodes { port } } }
      }`);
      expect(errors).toBeUndefined();
      expect(data.servers[2].first.nodes).toHaveLength(1);
      expect(data.servers[2].all.nodes).toHaveLength(3);
      expect(gateway.simulator.calls).toHaveLength(50);
    });

    it('gets a token of 32,768 characters and the project byte for byte', async () => {
      const { gateway, inventory, ask } = await start();
      const token = `MII+/=-_.~"{}${'aZ09'.repeat(8192)}`.slice(0, 32_768);
      const { errors } = await ask(
        '{ servers { name ports { totalCount } } }',
        {},
        {
          'x-auth-token': token,
          'x-project-id': 'another-project',
        },
      );
      expect(errors).toBeUndefined();
      expect(gateway.simulator.calls).toHaveLength(50);
      for (const { headers, path } of gateway.simulator.calls) {
        expect(headers['x-auth-token'] === token).toBe(true);
        expect(path).toBe('/v5/another-project/asset/ports');
      }
      // The token is nobody else's business.
      expect(inventory.requests).toHaveLength(1);
      expect(inventory.requests[0]).not.toHaveProperty('x-auth-token');
      expect(inventory.requests[0]).not.toHaveProperty('router-authorization');
    });

    it('carries the trace and the request id on to HSS', async () => {
      const { gateway, ask } = await start();
      const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
      await ask(
        '{ servers { ports { totalCount } } }',
        {},
        {
          traceparent: `00-${traceId}-00f067aa0ba902b7-01`,
          tracestate: 'vendor=value',
          'x-request-id': 'request-of-the-client',
        },
      );
      const [call] = gateway.simulator.calls;
      expect(call?.headers.traceparent).toContain(traceId);
      expect(call?.headers.tracestate).toBe('vendor=value');
      expect(call?.headers['x-request-id']).toBe('request-of-the-client');
    });

    it("keeps 49 hosts when one fails, and shows the client that one's code", async () => {
      const { gateway, ask } = await start();
      gateway.simulator.on({ when: ({ query }) => query.host_id === 'host-7', answer: hssError('HSS.0013') });
      const { data, errors, status } = await ask(portsOfServers);
      expect(status).toBe(200);
      const failed = data.servers.filter((server: { ports: unknown }) => server.ports === null);
      expect(failed).toEqual([{ id: 'host-7', name: 'ecs-host-7', ports: null }]);
      expect(data.servers).toHaveLength(50);
      expect(errors).toHaveLength(1);
      expect(errors?.[0]?.extensions).toMatchObject({
        code: 'FORBIDDEN',
        upstream: { status: 400, code: 'HSS.0013' },
      });
      expect(errors?.[0]?.path).toEqual(errorPath(hostIds.indexOf('host-7')));
    });

    it('tells a client without a token so, in place of the ports alone', async () => {
      const { gateway, ask } = await start();
      const { data, errors } = await ask('{ servers { name ports { totalCount } } }', {}, { 'x-auth-token': '' });
      expect(data.servers[0]).toEqual({ name: `ecs-${hostIds[0]!}`, ports: null });
      expect(new Set(errors?.map(({ extensions }) => extensions.code))).toEqual(new Set(['UNAUTHENTICATED']));
      expect(gateway.simulator.calls).toHaveLength(0);
    });

    it('refuses an operation over its budget with the code and the figure, before any call', async () => {
      const { gateway, ask } = await start(undefined, { env: { MAX_UPSTREAM_READS: '49' } });
      const { data, errors } = await ask(portsOfServers);
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'COST_LIMIT_EXCEEDED', estimate: 50, budget: 49 });
      // Whatever else the router can still give.
      expect(data?.servers?.[0]?.ports ?? null).toBeNull();
      expect(gateway.simulator.calls).toHaveLength(0);
    });

    it('gives no caller what another may see, however alike their operations', async () => {
      const { gateway, ask } = await start();
      const tokens = Array.from({ length: 4 }, (_, index) => `token-${index}`);
      gateway.simulator.switches.strictTokens = tokens.slice(1).map((token) => ({ token }));
      gateway.simulator.switches.latencyMs = 20;
      const answers = await Promise.all(
        tokens.map((token) => ask('{ host(id: "host-37") { ports { totalCount } } }', {}, { 'x-auth-token': token })),
      );
      expect(answers.map(({ data }) => data.host.ports?.totalCount ?? null)).toEqual([null, 2, 2, 2]);
      expect(answers[0]?.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
      expect(gateway.simulator.calls.map(({ headers }) => headers['x-auth-token']).sort()).toEqual(tokens);
    });

    it('changes ports, and tells the names and the ports of their hosts in the same operation', async () => {
      const { gateway, ask } = await start();
      const { data: before } = await ask('{ host(id: "host-5") { ports { nodes { id } } } }');
      const portIds = before.host.ports.nodes.map(({ id }: { id: string }) => id);
      gateway.simulator.clearCalls();
      const { data, errors } = await ask(
        `mutation ($input: SetPortIgnoreInput!) {
          setPortIgnore(input: $input) {
            acceptedCount
            results { outcome portId host { name ports { totalCount } } }
          }
        }`,
        { input: { ignore: true, portIds } },
      );
      expect(errors).toBeUndefined();
      expect(data.setPortIgnore.acceptedCount).toBe(portIds.length);
      expect(data.setPortIgnore.results).toEqual(
        portIds.map((portId: string) => ({
          outcome: 'ACCEPTED',
          portId,
          host: { name: 'ecs-host-5', ports: { totalCount: portIds.length } },
        })),
      );
      // One write, then one read however many results tell of the host.
      expect(gateway.simulator.calls.map(({ method }) => method)).toEqual(['POST', 'GET']);
    });

    it('finds an open port again for a subgraph that knows its id, and takes fields from it', async () => {
      const notes = new Map<string, string>();
      const { gateway, ask } = await start(notes);
      const { data: before } = await ask('{ host(id: "host-9") { ports { nodes { id port note } } } }');
      const [row] = before.host.ports.nodes as [{ id: string; port: number; note: string | null }];
      expect(row.note).toBeNull();
      notes.set(row.id, 'Why is this open?');
      gateway.simulator.clearCalls();

      const { data, errors } = await ask(
        '{ notes { text openPort { port status executablePath host { id name } note } } }',
      );
      expect(errors).toBeUndefined();
      expect(data.notes).toEqual([
        {
          text: 'Why is this open?',
          openPort: {
            port: row.port,
            status: 'DANGER',
            executablePath: '/usr/sbin/sshd',
            host: { id: 'host-9', name: 'ecs-host-9' },
            note: 'Why is this open?',
          },
        },
      ]);
      expect(gateway.simulator.calls).toMatchObject([{ query: { host_id: 'host-9', port: String(row.port) } }]);
      const { data: after } = await ask('{ host(id: "host-9") { ports { nodes { note } } } }');
      expect(after.host.ports.nodes[0].note).toBe('Why is this open?');
    });
  });
}
