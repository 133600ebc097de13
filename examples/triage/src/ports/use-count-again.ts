import { useApolloClient } from '@apollo/client/react';
import type { OpenPortFilterInput } from '../graphql/generated/graphql.ts';
import { countsOf, StatusCountsDocument } from '../hosts/status-counts.ts';

/** Counts a host's ports anew, for its card and for the tabs. Where that fails, both keep what they show. */
export function useCountAgain(hostId: string, filter: OpenPortFilterInput): () => void {
  const client = useApolloClient();
  return () => {
    // Without filters both are one query, and Apollo sends it once.
    for (const counted of [{}, filter]) {
      const variables = countsOf([hostId], counted);
      client.query({ query: StatusCountsDocument, variables, fetchPolicy: 'network-only' }).catch(() => undefined);
    }
  };
}
