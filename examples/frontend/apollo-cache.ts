import { InMemoryCache, type FieldPolicy } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';

/** What Apollo Client must know of the schema. */
export function createCache(): InMemoryCache {
  return new InMemoryCache({
    typePolicies: {
      // A page has no id. Without this a count beside a table, `ports { totalCount }`, evicts the rows of the table.
      OpenPortPage: { merge: true },
      Host: {
        fields: {
          // An endless list for each filter and order; ask for `edges`. `offsetLimitPagination` fits no field here.
          portsConnection: endlessList(['filter', 'orderBy']),
        },
      },
      // HSS does not tell which ports are ignored: the cache remembers what was accepted, for all rows of an ignoreKey.
      PortIgnore: { keyFields: ['ignoreKey'] },
      OpenPort: { fields: { ignored } },
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

/** True, false, or null: not known. */
const ignored: FieldPolicy<boolean | null> = {
  read(_, { readField, toReference }) {
    const ignoreKey = readField('ignoreKey') ?? null;
    return readField<boolean | null>('ignored', toReference({ __typename: 'PortIgnore', ignoreKey })) ?? null;
  },
};
