import { CombinedGraphQLErrors, type ApolloCache } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { toRetryAt } from '../failures/failure.ts';
import { graphql } from '../graphql/generated/gql.ts';
import type { SetPortIgnoreMutation } from '../graphql/generated/graphql.ts';
import { readMark, writeMark } from './ignore-mark.ts';

const SetPortIgnoreDocument = graphql(/* GraphQL */ `
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
`);

export type Result = NonNullable<SetPortIgnoreMutation['setPortIgnore']>['results'][number];

export interface Target {
  readonly portId: string;
  readonly ignoreKey: string;
}

/** Ignores ports, or stops it. What HSS said of each is in the cache afterwards, too, as its mark; throws where nothing was asked. */
export type SetPortIgnore = (ignore: boolean, targets: readonly Target[]) => Promise<readonly Result[]>;

/** Shows the change at once. What HSS rejects falls back by itself: Apollo takes the optimistic answer away. */
export function useSetPortIgnore(): SetPortIgnore {
  const { mutate, cache } = useApolloClient();

  return async (ignore, targets) => {
    try {
      const { data } = await mutate({
        mutation: SetPortIgnoreDocument,
        variables: { input: { ignore, portIds: targets.map(({ portId }) => portId) } },
        optimisticResponse: toResponse(targets.map((target) => toResult(target, 'ACCEPTED'))),
        // Runs for the optimistic answer, and for the true one when that is gone.
        update(cache, { data }) {
          for (const result of data?.setPortIgnore?.results ?? []) remember(cache, ignore, result);
        },
      });
      return data?.setPortIgnore?.results ?? [];
    } catch (error) {
      // The gateway says that it has not asked HSS; of a broken connection nobody knows.
      if (CombinedGraphQLErrors.is(error)) throw error;
      const results = targets.map((target) => toResult(target, 'UNKNOWN'));
      for (const result of results) remember(cache, ignore, result);
      return results;
    }
  };
}

/** What the page says to itself: at once, and where the gateway says nothing. */
function toResult(target: Target, outcome: 'ACCEPTED' | 'UNKNOWN'): Result {
  return { __typename: 'SetPortIgnoreResult', ...target, outcome, error: null };
}

function toResponse(results: Result[]): SetPortIgnoreMutation {
  return { __typename: 'Mutation', setPortIgnore: { __typename: 'SetPortIgnorePayload', results } };
}

function remember(cache: ApolloCache, asked: boolean, { ignoreKey, outcome, error }: Result): void {
  // A port that HSS cannot be told to ignore has no key, and is not offered.
  if (ignoreKey == null) return;
  const before = readMark(cache, ignoreKey)?.ignored ?? false;
  const ignored = { ACCEPTED: asked, REJECTED: before, UNKNOWN: null }[outcome];
  writeMark(cache, {
    ignoreKey,
    ignored,
    asked,
    outcome,
    code: error?.code ?? null,
    message: error?.message ?? null,
    retryAt: toRetryAt(error?.retryAfterSeconds),
  });
}
