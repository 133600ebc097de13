import { ApolloClient, gql, HttpLink } from '@apollo/client';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createCache } from '../../examples/frontend/apollo-cache.ts';
import { hssError } from '../../src/simulator/error-replies.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { documentOf, generatedPorts, portsOf, type Row, type TableData } from './documents.ts';

/** A client as docs/frontend.md has it; what Apollo complains of fails the test. */
function createClient({ url }: TestGateway): ApolloClient {
  const complaints = [vi.spyOn(console, 'warn'), vi.spyOn(console, 'error')];
  const client = new ApolloClient({
    link: new HttpLink({ uri: url, headers: { 'X-Auth-Token': 'token' } }),
    cache: createCache(),
  });
  onTestFinished(() => {
    client.stop();
    for (const spy of complaints) {
      expect(spy).not.toHaveBeenCalled();
      spy.mockRestore();
    }
  });
  return client;
}

/** A table of a host's ports that is on the screen. */
function showTable(client: ApolloClient, variables: object) {
  const table = client.watchQuery({ query: documentOf('OpenPortTable'), variables });
  const subscription = table.subscribe(() => undefined);
  onTestFinished(() => subscription.unsubscribe());
  const data = () => table.getCurrentResult().data as TableData;
  return {
    data,
    async more() {
      const after = data().host?.portsConnection?.pageInfo.endCursor;
      await table.fetchMore({ variables: { after } });
    },
  };
}

/** A table of host-40 that has grown to 30 of its 40 ports. */
async function showGrownTable(client: ApolloClient) {
  const table = showTable(client, { hostId: 'host-40', first: 15 });
  await expect.poll(() => portsOf(table.data())).toEqual(generatedPorts(15));
  await table.more();
  await expect.poll(() => portsOf(table.data())).toEqual(generatedPorts(30));
  return table;
}

describe("a table in Apollo Client's cache", () => {
  it('grows by relayStylePagination until there are no more ports', async () => {
    const gateway = await startGateway();
    const table = await showGrownTable(createClient(gateway));
    await table.more();

    await expect.poll(() => portsOf(table.data())).toEqual(generatedPorts(40));
    expect(table.data().host?.portsConnection).toMatchObject({ totalCount: 40, pageInfo: { hasNextPage: false } });
    expect(gateway.simulator.calls.map(({ query }) => query.offset)).toEqual(['0', '15', '30']);
  });

  it('keeps all its rows where as many are read anew', async () => {
    const gateway = await startGateway();
    const client = createClient(gateway);
    const table = await showGrownTable(client);

    await client.query({
      query: documentOf('OpenPortTable'),
      variables: { hostId: 'host-40', first: 30 },
      fetchPolicy: 'network-only',
    });

    expect(portsOf(table.data())).toEqual(generatedPorts(30));
    await table.more();
    await expect.poll(() => portsOf(table.data())).toEqual(generatedPorts(40));
    expect(gateway.simulator.calls.map(({ query }) => query.offset)).toEqual(['0', '15', '0', '30']);
  });

  it('keeps each order and filter apart', async () => {
    const client = createClient(await startGateway());
    const table = showTable(client, { hostId: 'risky-host', first: 2 });
    const sorted = showTable(client, {
      hostId: 'risky-host',
      first: 2,
      filter: { statuses: ['DANGER'] },
      orderBy: [{ field: 'PORT', direction: 'DESC' }],
    });
    await expect
      .poll(() => [portsOf(table.data()), portsOf(sorted.data())])
      .toEqual([
        [21, 22],
        [3389, 445],
      ]);

    await sorted.more();

    await expect.poll(() => portsOf(sorted.data())).toEqual([3389, 445, 445, 23]);
    expect(portsOf(table.data())).toEqual([21, 22]);
  });

  it('knows a port by its id wherever it is read', async () => {
    const client = createClient(await startGateway());
    const table = showTable(client, { hostId: 'risky-host', first: 8 });
    await expect.poll(() => portsOf(table.data())).toHaveLength(8);
    const ids = table.data().host?.portsConnection?.edges.map(({ node }) => node.id) ?? [];

    const { data } = await client.query({ query: documentOf('OpenPortsAgain'), variables: { ids } });

    expect((data as { openPorts: Row[] }).openPorts).toEqual(
      table.data().host?.portsConnection?.edges.map(({ node }) => node),
    );
    const cached = Object.keys(client.cache.extract() as object).filter((key) => key.startsWith('OpenPort:'));
    expect(cached).toHaveLength(8);
  });

  it('is null, not empty, where HSS has not answered', async () => {
    const gateway = await startGateway();
    const client = createClient(gateway);
    gateway.simulator.on({ answer: hssError('HSS.0013'), times: 1 });
    const read = (fetchPolicy: 'cache-first' | 'network-only') =>
      client.query({
        query: documentOf('OpenPortTable'),
        variables: { hostId: 'host-40', first: 15 },
        errorPolicy: 'all',
        fetchPolicy,
      });
    const failed = { host: { id: 'host-40', portsConnection: null } };
    expect((await read('network-only')).data).toMatchObject(failed);

    expect((await read('cache-first')).data).toMatchObject(failed);

    expect(portsOf((await read('network-only')).data)).toEqual(generatedPorts(15));
    expect(gateway.simulator.calls).toHaveLength(2);
  });

  it('keeps the rows that it shows where a later read of them fails', async () => {
    const gateway = await startGateway();
    const client = createClient(gateway);
    const table = showTable(client, { hostId: 'host-40', first: 15 });
    await expect.poll(() => portsOf(table.data())).toEqual(generatedPorts(15));
    gateway.simulator.on({ answer: hssError('HSS.0013'), times: 1 });

    const { error } = await client.query({
      query: documentOf('OpenPortTable'),
      variables: { hostId: 'host-40', first: 15 },
      errorPolicy: 'all',
      fetchPolicy: 'network-only',
    });

    expect(error).toBeDefined();
    expect(portsOf(table.data())).toEqual(generatedPorts(15));
  });

  it('keeps the rows of a table beside which a badge counts them', async () => {
    const gateway = await startGateway();
    const client = createClient(gateway);
    const rows = gql`
      query Rows {
        host(id: "risky-host") {
          id
          ports {
            nodes {
              id
              port
            }
          }
        }
      }
    `;
    const table = client.watchQuery({ query: rows }).subscribe(() => undefined);
    onTestFinished(() => table.unsubscribe());
    const shown = () =>
      client.readQuery<{ host: { ports: { nodes: Row[] } } }>({ query: rows })?.host.ports.nodes.length;
    await expect.poll(shown).toBe(8);

    await client.query({
      query: gql`
        query Badge {
          host(id: "risky-host") {
            id
            ports {
              totalCount
            }
          }
        }
      `,
    });

    expect(shown()).toBe(8);
    expect(gateway.simulator.calls).toHaveLength(2);
  });
});
