import type { ApolloCache } from '@apollo/client';
import { graphql } from '../graphql/generated/gql.ts';
import type { IgnoreMarkFragment } from '../graphql/generated/graphql.ts';

/** What is remembered of a port that somebody asked to ignore; the cache keeps it under its `ignoreKey`. */
export const IgnoreMark = graphql(/* GraphQL */ `
  fragment IgnoreMark on IgnoreMark {
    ignoreKey
    ignored
    asked
    outcome
    code
    message
    retryAt
  }
`);

/** What a row watches. It goes to no server: see client.graphql. */
export const RowIgnoreMark = graphql(/* GraphQL */ `
  fragment RowIgnoreMark on OpenPort {
    ignoreKey
    ignoreMark {
      ignoreKey
      ignored
      asked
      outcome
      code
      message
      retryAt
    }
  }
`);

const idOf = (ignoreKey: string): string => `IgnoreMark:${JSON.stringify({ ignoreKey })}`;

/** What is known of a port now; null: nobody has asked. */
export function readMark(cache: ApolloCache, ignoreKey: string): IgnoreMarkFragment | null {
  return cache.readFragment({
    id: idOf(ignoreKey),
    fragment: IgnoreMark,
    fragmentName: 'IgnoreMark',
  }) as IgnoreMarkFragment | null;
}

export function writeMark(cache: ApolloCache, mark: Omit<IgnoreMarkFragment, '__typename' | ' $fragmentName'>): void {
  cache.writeFragment({ id: idOf(mark.ignoreKey), fragment: IgnoreMark, data: { __typename: 'IgnoreMark', ...mark } });
}
