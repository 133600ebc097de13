import { InMemoryCache } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';

/** What Apollo Client must know of the schema; each line has its reason in docs/frontend.md. */
export function createCache(): InMemoryCache {
  return new InMemoryCache({
    typePolicies: {
      Host: {
        fields: {
          // One endless list for each filter and order.
          portsConnection: endlessList(['filter', 'orderBy']),
        },
      },
      // A page has no id: without this, a count beside a table evicts the rows of the table.
      OpenPortPage: { merge: true },
      OpenPort: {
        fields: {
          // Kept under the ignoreKey: all rows that one ignore touches show the same.
          ignoreMark: {
            read(_, { readField, toReference, canRead }) {
              const mark = toReference({ __typename: 'IgnoreMark', ignoreKey: readField('ignoreKey') ?? '' });
              return canRead(mark) ? mark : null;
            },
          },
        },
      },
      IgnoreMark: { keyFields: ['ignoreKey'] },
    },
  });
}

/** relayStylePagination, but for a list that could not be read: it stays null, or as it was, and does not become empty. */
function endlessList(keyArgs: string[]): ReturnType<typeof relayStylePagination> {
  const policy = relayStylePagination(keyArgs);
  const merge = policy.merge as Exclude<typeof policy.merge, boolean | undefined>;
  return {
    ...policy,
    merge: (existing, incoming, options) => (incoming ? merge(existing, incoming, options) : (existing ?? null)),
  };
}
