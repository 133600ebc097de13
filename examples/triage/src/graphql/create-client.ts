import { ApolloClient, ApolloLink, CombinedGraphQLErrors, HttpLink, type DocumentNode } from '@apollo/client';
import { ErrorLink } from '@apollo/client/link/error';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { createCache } from './cache.ts';

interface ClientOptions {
  readonly token: string;
  readonly onUnauthenticated: () => void;
}

/** In production documents go by their hash, so that a gateway with TRUSTED_DOCUMENTS serves them. */
export function createClient({ token, onUnauthenticated }: ClientOptions): ApolloClient {
  const links = [
    new ErrorLink(({ error }) => {
      if (CombinedGraphQLErrors.is(error) && error.errors.some(isUnauthenticated)) onUnauthenticated();
    }),
    ...(import.meta.env.PROD ? [new PersistedQueryLink({ generateHash: readHash })] : []),
    new HttpLink({ uri: '/graphql', headers: { 'X-Auth-Token': token } }),
  ];
  return new ApolloClient({ link: ApolloLink.from(links), cache: createCache() });
}

function isUnauthenticated({ extensions }: { readonly extensions?: Readonly<Record<string, unknown>> }): boolean {
  return extensions?.code === 'UNAUTHENTICATED';
}

/** Codegen's own hash, the key of persisted-documents.json. */
function readHash(document: DocumentNode & { readonly __meta__?: { readonly hash?: string } }): string {
  const hash = document.__meta__?.hash;
  if (hash === undefined) throw new Error('A document that codegen has not seen: npm run codegen');
  return hash;
}
