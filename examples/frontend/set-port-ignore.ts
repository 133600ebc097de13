import { gql, type ApolloClient, type TypedDocumentNode } from '@apollo/client';

/** A row of the table watches it: `useFragment({ fragment: Ignored, from: port })`. */
export const Ignored: TypedDocumentNode<{ ignored: boolean | null }> = gql`
  fragment Ignored on OpenPort {
    ignored
  }
`;

const SetPortIgnore: TypedDocumentNode<{ setPortIgnore: { results: Result[] } }> = gql`
  mutation SetPortIgnore($input: SetPortIgnoreInput!) {
    setPortIgnore(input: $input) {
      results {
        portId
        outcome
        error {
          code
          message
        }
      }
    }
  }
`;

export interface Result {
  portId: string;
  outcome: 'ACCEPTED' | 'REJECTED' | 'UNKNOWN';
  error: { code: string; message: string } | null;
}

/** Shows the change at once and keeps it where HSS accepts it. What it rejects falls back by itself. */
export async function setPortIgnore(client: ApolloClient, ignore: boolean, portIds: string[]): Promise<Result[]> {
  const expected = portIds.map((portId): Result => ({ portId, outcome: 'ACCEPTED', error: null }));
  const { data } = await client.mutate({
    mutation: SetPortIgnore,
    variables: { input: { ignore, portIds } },
    optimisticResponse: { setPortIgnore: { results: expected } },
    // Runs for the optimistic answer, which Apollo takes back, and then for the true one.
    update(cache, { data }) {
      for (const { portId, outcome } of data?.setPortIgnore.results ?? []) {
        if (outcome === 'REJECTED') continue;
        const ignored = outcome === 'ACCEPTED' ? ignore : null;
        cache.writeFragment({ fragment: Ignored, from: { __typename: 'OpenPort', id: portId }, data: { ignored } });
      }
    },
  });
  return data?.setPortIgnore.results ?? [];
}
