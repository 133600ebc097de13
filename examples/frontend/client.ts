import { ApolloClient, HttpLink } from '@apollo/client';
import { createCache } from './apollo-cache.ts';

export function createClient(uri: string, token: string): ApolloClient {
  return new ApolloClient({
    link: new HttpLink({ uri, headers: { 'X-Auth-Token': token } }),
    cache: createCache(),
  });
}
