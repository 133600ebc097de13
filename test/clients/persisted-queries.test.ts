import { createHash } from 'node:crypto';
import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { Client, fetchExchange } from '@urql/core';
import { persistedExchange } from '@urql/exchange-persisted';
import { describe, expect, it } from 'vitest';
import { startGateway } from '../support/gateway.ts';
import { documentOf, portsOf } from './documents.ts';
import { createManifest } from './manifest.ts';
import { recordedFetch } from './recorded-fetch.ts';

type Fetch = typeof fetch;

const query = documentOf('OpenPortTable');
const headers = { 'X-Auth-Token': 'token' };
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** Each client with persisted queries on, as a way to read a table. */
const clients = {
  'Apollo Client': (uri: string, fetch: Fetch) => {
    const link = new PersistedQueryLink({ sha256 }).concat(new HttpLink({ uri, headers, fetch }));
    const client = new ApolloClient({ link, cache: new InMemoryCache() });
    return async (variables: object) => (await client.query({ query, variables })).data;
  },
  urql: (url: string, fetch: Fetch) => {
    const client = new Client({
      url,
      fetch,
      fetchOptions: { headers },
      exchanges: [persistedExchange(), fetchExchange],
    });
    return async (variables: object) => {
      const { data, error } = await client.query(query, variables).toPromise();
      if (error) throw error;
      return data as unknown;
    };
  },
};

describe.each(Object.entries(clients))('the persisted queries of %s', (_name, createClient) => {
  /** What a new client sends to a gateway of its own for tables of these hosts. */
  async function sentFor(hosts: readonly string[], manifest?: Readonly<Record<string, string>>) {
    const { url } = await startGateway({ env: manifest ? { TRUSTED_DOCUMENTS: createManifest(manifest) } : {} });
    const { fetch, sent } = recordedFetch();
    const read = createClient(url, fetch);
    for (const hostId of hosts) expect(portsOf(await read({ hostId, first: 1 }))).toEqual([1024]);
    return sent;
  }

  it('are given up for texts where the gateway says that it keeps none', async () => {
    const sent = await sentFor(['host-1', 'host-40']);

    const [{ query: text } = { query: null }] = sent.slice(1);
    expect(sent).toEqual([
      { query: null, sha256Hash: sha256(text ?? '') },
      { query: text, sha256Hash: null },
      { query: text, sha256Hash: null },
    ]);
  });

  it('go by their hash alone where the manifest knows it, and by their text where it knows that alone', async () => {
    const [, { query: text } = { query: null }] = await sentFor(['host-1']);
    const [known, hash] = [text ?? '', sha256(text ?? '')];

    expect(await sentFor(['host-1'], { [hash]: known })).toEqual([{ query: null, sha256Hash: hash }]);
    expect(await sentFor(['host-1', 'host-40'], { another: known })).toEqual([
      { query: null, sha256Hash: hash },
      { query: known, sha256Hash: hash },
      { query: null, sha256Hash: hash },
      { query: known, sha256Hash: hash },
    ]);
  });
});
