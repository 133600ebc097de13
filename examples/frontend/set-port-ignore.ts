import { gql, type ApolloClient, type TypedDocumentNode } from '@apollo/client';

/** Each row of the table watches it: `useFragment({ fragment: Ignored, from: { __typename: 'OpenPort', id: port.id } })`. */
export const Ignored: TypedDocumentNode<{ ignored: boolean | null }> = gql`
  fragment Ignored on OpenPort {
    ignored
  }
`;

/** What the cache keeps for all rows with the same ignoreKey: see apollo-cache.ts. */
const PortIgnore = gql`
  fragment PortIgnore on PortIgnore {
    ignoreKey
    ignored
  }
`;

const SetPortIgnore: TypedDocumentNode<{ setPortIgnore: { results: Result[] } | null }> = gql`
  mutation SetPortIgnore($input: SetPortIgnoreInput!) {
    setPortIgnore(input: $input) {
      results {
        portId
        ignoreKey
        outcome
        error {
          code
          message
          retryAfterSeconds
        }
      }
    }
  }
`;

/** A row of the table; one without `ignoreKey` cannot be ignored. */
export interface Port {
  id: string;
  ignoreKey: string | null;
}

export interface Result {
  portId: string;
  ignoreKey: string | null;
  outcome: 'ACCEPTED' | 'REJECTED' | 'UNKNOWN';
  error: { code: string; message: string; retryAfterSeconds: number | null } | null;
}

/** Shows the change at once, and keeps it if HSS accepts it. If HSS rejects it, Apollo reverts it. */
export async function setPortIgnore(client: ApolloClient, ignore: boolean, ports: Port[]): Promise<Result[]> {
  const expected = ports.map(({ id, ignoreKey }): Result => ({
    portId: id,
    ignoreKey,
    outcome: 'ACCEPTED',
    error: null,
  }));
  const { data } = await client.mutate({
    mutation: SetPortIgnore,
    variables: { input: { ignore, portIds: ports.map(({ id }) => id) } },
    optimisticResponse: { setPortIgnore: { results: expected } },
    // Runs for the optimistic response, which Apollo reverts, and then for the real one.
    update(cache, { data }) {
      for (const { ignoreKey, outcome } of data?.setPortIgnore?.results ?? []) {
        // A port without a key cannot be ignored: its optimistic result would show on all such ports.
        if (ignoreKey === null || outcome === 'REJECTED') continue;
        const data = { __typename: 'PortIgnore', ignoreKey, ignored: outcome === 'ACCEPTED' ? ignore : null };
        cache.writeFragment({ from: data, fragment: PortIgnore, data });
      }
    },
  });
  return data?.setPortIgnore?.results ?? [];
}
