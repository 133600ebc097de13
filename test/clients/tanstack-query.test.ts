import { InfiniteQueryObserver, QueryClient } from '@tanstack/query-core';
import { ClientError, GraphQLClient, request } from 'graphql-request';
import { print } from 'graphql';
import { describe, expect, it, onTestFinished } from 'vitest';
import { throttled } from '../../src/simulator/middlebox.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { documentOf, generatedPorts, portsOf, type TableData } from './documents.ts';

/** A table of a host's ports that is on the screen. */
function showTable({ url }: TestGateway, hostId: string) {
  const client = new QueryClient();
  const table = new InfiniteQueryObserver(client, {
    queryKey: ['openPorts', hostId],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      request<TableData>({
        url,
        signal,
        document: documentOf('OpenPortTable'),
        variables: { hostId, first: 15, after: pageParam },
        requestHeaders: { 'X-Auth-Token': 'token' },
      }),
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

  it('keeps what came beside an error where it is told to', async () => {
    const { url } = await startGateway();
    const client = new GraphQLClient(url, { errorPolicy: 'all', headers: { 'X-Auth-Token': 'token' } });

    const { data, errors } = await client.rawRequest<{ hosts: unknown[] }>(print(documentOf('OpenPortPages')), {
      hostIds: ['host-1', 'rehearse-forbidden'],
    });

    expect(errors).toMatchObject([{ path: ['hosts', 1, 'ports'], extensions: { code: 'FORBIDDEN' } }]);
    expect(data.hosts).toMatchObject([{ ports: { totalCount: 1 } }, { ports: null }]);
  });
});
