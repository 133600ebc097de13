import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';

export function createClient(uri: string, token: string): ApolloClient {
  return new ApolloClient({
    link: new HttpLink({ uri, headers: { 'X-Auth-Token': token } }),
    cache: new InMemoryCache({
      typePolicies: {
        OpenPort: {
          fields: {
            // HSS does not tell which ports are ignored: the cache remembers it by OpenPort.id. Null: not known.
            ignored: { read: (ignored?: boolean | null) => ignored ?? null },
          },
        },
      },
    }),
  });
}
