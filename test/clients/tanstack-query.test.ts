import { InfiniteQueryObserver, QueryClient, QueryObserver } from '@tanstack/query-core';
import { ClientError, GraphQLClient, request, type Variables } from 'graphql-request';
import { print } from 'graphql';
import { describe, expect, it, onTestFinished } from 'vitest';
import { throttled } from '../../src/simulator/middlebox.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { documentOf, generatedPorts, portsOf, type TableData } from './documents.ts';

type Send = (variables: Variables, signal: AbortSignal) => Promise<TableData>;

const sendTo =
  (url: string): Send =>
  (variables, signal) =>
    request<TableData>({
      url,
      signal,
      document: documentOf('OpenPortTable'),
      variables,
      requestHeaders: { 'X-Auth-Token': 'token' },
    });

/** A table of a host's ports that is on the screen. */
function showTable({ url }: TestGateway, hostId: string, send = sendTo(url)) {
  const client = new QueryClient();
  const table = new InfiniteQueryObserver(client, {
    queryKey: ['openPorts', hostId],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => send({ hostId, first: 15, after: pageParam }, signal),
    getNextPageParam: ({ host }) => {
      const pageInfo = host?.portsConnection?.pageInfo;
      return pageInfo?.hasNextPage ? pageInfo.endCursor : undefined;
    },
    retry: false,
  });
  const leave = table.subscribe(() => undefined);
  onTestFinished(() => {
    leave();
    client.clear();
  });
  return { table, leave };
}

describe('a table by TanStack Query and graphql-request', () => {
  it('grows page by page until there are no more ports', async () => {
    const gateway = await startGateway();
    const { table } = showTable(gateway, 'host-40');
    const shown = () => table.getCurrentResult().data?.pages.flatMap(portsOf);
    await expect.poll(shown).toEqual(generatedPorts(15));

    while (table.getCurrentResult().hasNextPage) await table.fetchNextPage();

    expect(shown()).toEqual(generatedPorts(40));
    expect(gateway.simulator.calls.map(({ query }) => query.offset)).toEqual(['0', '15', '30']);
  });

  it('ends the read of a table that nobody looks at any more', async () => {
    const gateway = await startGateway();
    gateway.simulator.on({ answer: 'hang' });
    const { leave } = showTable(gateway, 'host-40');
    await expect.poll(() => gateway.simulator.calls).toHaveLength(1);

    leave();

    await expect.poll(() => gateway.simulator.calls).toMatchObject([{ aborted: true }]);
  });

  it('sees why HSS did not answer, and when to come again', async () => {
    const gateway = await startGateway();
    gateway.simulator.on({ answer: throttled('30') });
    const { table } = showTable(gateway, 'host-40');
    await expect.poll(() => table.getCurrentResult().error).toBeInstanceOf(ClientError);

    const { response } = table.getCurrentResult().error as ClientError;

    expect(response.errors).toMatchObject([
      { path: ['host', 'portsConnection'], extensions: { code: 'UPSTREAM_RATE_LIMITED', retryAfterSeconds: 30 } },
    ]);
    expect(response.data).toEqual({ host: { id: 'host-40', portsConnection: null } });
  });

  it('has no next page, and is no crash, where the connection is null', async () => {
    const gateway = await startGateway();
    gateway.simulator.on({ answer: throttled('30') });
    const client = new GraphQLClient(gateway.url, { errorPolicy: 'all', headers: { 'X-Auth-Token': 'token' } });
    const { table } = showTable(gateway, 'host-40', (variables) =>
      client.request<TableData>(documentOf('OpenPortTable'), variables),
    );

    await expect.poll(() => table.getCurrentResult().status).toBe('success');

    // `request` with this policy gives data alone: that it is throttled is lost.
    expect(table.getCurrentResult().data?.pages).toEqual([{ host: { id: 'host-40', portsConnection: null } }]);
    expect(table.getCurrentResult()).toMatchObject({ hasNextPage: false, error: null });
  });

  it('keeps what came beside an error by rawRequest', async () => {
    const { url } = await startGateway();
    const client = new GraphQLClient(url, { errorPolicy: 'all', headers: { 'X-Auth-Token': 'token' } });
    const hosts = new QueryObserver(new QueryClient(), {
      queryKey: ['hosts'],
      queryFn: async ({ signal }) => {
        const { data, errors = [] } = await client.rawRequest<{ hosts: unknown[] }>({
          query: print(documentOf('OpenPortPages')),
          variables: { hostIds: ['host-1', 'rehearse-forbidden'] },
          signal,
        });
        return { data, errors };
      },
    });
    onTestFinished(hosts.subscribe(() => undefined));
    await expect.poll(() => hosts.getCurrentResult().status).toBe('success');

    const { data, errors } = hosts.getCurrentResult().data!;

    expect(errors).toMatchObject([{ path: ['hosts', 1, 'ports'], extensions: { code: 'FORBIDDEN' } }]);
    expect(data.hosts).toMatchObject([{ ports: { totalCount: 1 } }, { ports: null }]);
  });
});
