import { readFileSync } from 'node:fs';
import { Client, fetchExchange, type RequestPolicy } from '@urql/core';
import { cacheExchange, type CacheExchangeOpts } from '@urql/exchange-graphcache';
import { buildSchema, introspectionFromSchema } from 'graphql';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Ignored, openPortsCache } from '../../examples/frontend/urql-cache.ts';
import { hssError } from '../../src/simulator/error-replies.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { documentOf, generatedPorts, portsOf, type Row, type TableData } from './documents.ts';

const sdl = ['api.graphql', 'examples/frontend/client.graphql'].map((path) => readFileSync(path, 'utf8')).join('\n');
const schema = introspectionFromSchema(buildSchema(sdl));

/** A client with Graphcache, which knows the schema or not; what Graphcache complains of fails the test. */
function createClient({ url }: TestGateway, options: Partial<CacheExchangeOpts> = { schema }) {
  const complain = vi.fn();
  onTestFinished(() => {
    expect(complain).not.toHaveBeenCalled();
  });
  const cache = cacheExchange({
    ...openPortsCache,
    ...options,
    logger: (severity, message) => {
      // Below that it tells of every field that it has not read yet.
      if (severity !== 'debug') complain(message);
    },
  });
  const client = new Client({
    url,
    fetchOptions: { headers: { 'X-Auth-Token': 'token' } },
    exchanges: [cache, fetchExchange],
    preferGetMethod: false,
  });
  return {
    client,
    table: async (variables: object) => {
      const { data, error } = await client.query(documentOf('OpenPortTable'), variables).toPromise();
      expect(error).toBeUndefined();
      return data as TableData;
    },
  };
}

const endOf = ({ host }: TableData) => host?.portsConnection?.pageInfo.endCursor;

describe("a table in urql's Graphcache", () => {
  it('grows by relayPagination until there are no more ports', async () => {
    const gateway = await startGateway();
    const { table } = createClient(gateway);
    const asked = { hostId: 'host-40', first: 15 };

    const first = await table(asked);
    expect(portsOf(first)).toEqual(generatedPorts(15));
    const second = await table({ ...asked, after: endOf(first) });
    expect(portsOf(second)).toEqual(generatedPorts(30));
    const third = await table({ ...asked, after: endOf(second) });

    expect(portsOf(third)).toEqual(generatedPorts(40));
    expect(third.host?.portsConnection).toMatchObject({ totalCount: 40, pageInfo: { hasNextPage: false } });
    expect(gateway.simulator.calls.map(({ query }) => query.offset)).toEqual(['0', '15', '30']);
  });

  it('keeps each order and filter apart', async () => {
    const { table } = createClient(await startGateway());

    const sorted = await table({
      hostId: 'risky-host',
      first: 2,
      filter: { statuses: ['DANGER'] },
      orderBy: [{ field: 'PORT', direction: 'DESC' }],
    });

    expect(portsOf(sorted)).toEqual([3389, 445]);
    expect(portsOf(await table({ hostId: 'risky-host', first: 2 }))).toEqual([21, 22]);
  });

  it('shows a port that is gone as gone, though a table has had it', async () => {
    const gateway = await startGateway({ simulator: { ignoredPortView: 'removed' } });
    const { table, client } = createClient(gateway);
    const [edge] = (await table({ hostId: 'risky-host', first: 1 })).host?.portsConnection?.edges ?? [];
    const id = edge?.node.id;
    const again = async (requestPolicy: RequestPolicy) => {
      const query = `query Again($id: ID!) { openPort(id: $id) { id port status } }`;
      const { data } = await client.query(query, { id }, { requestPolicy }).toPromise();
      return data as unknown;
    };
    expect(await again('cache-first')).toMatchObject({ openPort: { id, port: 21, status: 'DANGER' } });

    await gateway.query('mutation ($ids: [ID!]) { setPortIgnore(input: { ignore: true, portIds: $ids }) { ignore } }', {
      ids: [id],
    });

    expect(await again('network-only')).toEqual({ openPort: null });
    expect(await again('cache-first')).toEqual({ openPort: null });
  });

  it('takes in what a write tells', async () => {
    const { table, client } = createClient(await startGateway());
    const [edge] = (await table({ hostId: 'risky-host', first: 1 })).host?.portsConnection?.edges ?? [];

    const { data, error } = await client
      .mutation(documentOf('SetPortIgnore'), { input: { ignore: true, portIds: [edge?.node.id] } })
      .toPromise();

    expect(error).toBeUndefined();
    expect(data).toMatchObject({ setPortIgnore: { acceptedCount: 1, hosts: [{ id: 'risky-host' }] } });
  });

  it('keeps the rows of a table beside which a badge counts them', async () => {
    const gateway = await startGateway();
    const { client } = createClient(gateway);
    const rows = `query Rows { host(id: "risky-host") { id ports { nodes { id port } } } }`;
    await client.query(rows, {}).toPromise();

    await client.query(`query Badge { host(id: "risky-host") { id ports { totalCount } } }`, {}).toPromise();

    const { data } = await client.query(rows, {}, { requestPolicy: 'cache-only' }).toPromise();
    expect((data as { host: { ports: { nodes: Row[] } } }).host.ports.nodes).toHaveLength(8);
    expect(gateway.simulator.calls).toHaveLength(2);
  });

  it('shows at once what is ignored, and takes back what HSS rejects', async () => {
    const gateway = await startGateway();
    const { table, client } = createClient(gateway);
    const { port, id, ignoreKey } = (await table({ hostId: 'risky-host', first: 1 })).host!.portsConnection!.edges[0]!
      .node;
    const shown: unknown[] = [];
    const watch = client
      .query(Ignored, { ignoreKey: ignoreKey! }, { requestPolicy: 'cache-only' })
      .subscribe(({ data }) => {
        const ignored = data?.portIgnore?.ignored ?? null;
        if (ignored !== shown.at(-1)) shown.push(ignored);
      });
    onTestFinished(() => watch.unsubscribe());
    const ignore = (isIgnored: boolean) =>
      client.mutation(documentOf('SetPortIgnore'), { input: { ignore: isIgnored, portIds: [id] } }).toPromise();
    expect(port).toBe(21);

    await ignore(true);
    await expect.poll(() => shown).toEqual([null, true]);
    gateway.simulator.on({ when: ({ method }) => method === 'POST', answer: hssError('HSS.0013') });
    await ignore(false);

    await expect.poll(() => shown).toEqual([null, true, false, true]);
  });

  it('asks the gateway nothing for what only the cache knows, though HSS rejects the first write', async () => {
    const gateway = await startGateway();
    const { table, client } = createClient(gateway, {});
    const [edge] = (await table({ hostId: 'risky-host', first: 1 })).host!.portsConnection!.edges;
    const { id, ignoreKey } = edge!.node;
    const shown: unknown[] = [];
    const watch = client
      .query(Ignored, { ignoreKey: ignoreKey! }, { requestPolicy: 'cache-only' })
      .subscribe(({ data, error }) => shown.push(error ?? data?.portIgnore?.ignored ?? null));
    onTestFinished(() => watch.unsubscribe());
    gateway.simulator.on({ when: ({ method }) => method === 'POST', answer: hssError('HSS.0013') });

    await client.mutation(documentOf('SetPortIgnore'), { input: { ignore: true, portIds: [id] } }).toPromise();
    await client.query('query Next { host(id: "host-1") { id } }', {}).toPromise();

    expect(shown).toEqual([null, true, null]);
  });

  it('remembers what is ignored by its parts, too', async () => {
    const gateway = await startGateway();
    const { client } = createClient(gateway);
    const parts = { agentId: 'agent', port: 21, protocol: 'TCP' };

    const { data } = await client
      .mutation(documentOf('SetPortIgnore'), { input: { ignore: true, ports: [parts] } })
      .toPromise();

    const [{ ignoreKey }] = (data as { setPortIgnore: { results: [{ ignoreKey: string }] } }).setPortIgnore.results;
    expect(client.readQuery(Ignored, { ignoreKey })?.data).toMatchObject({ portIgnore: { ignored: true } });
  });
});
