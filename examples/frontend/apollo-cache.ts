import { InMemoryCache, type FieldPolicy } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';

/** What Apollo Client must know about the schema. */
export function createCache(): InMemoryCache {
  return new InMemoryCache({
    typePolicies: {
      // A page has no id. Without this, a count next to a table, `ports { totalCount }`, evicts the rows of the table.
      OpenPortPage: { merge: true },
      Host: {
        fields: {
          // An infinite list per filter and order; select `edges`. `offsetLimitPagination` fits no field here.
          portsConnection: endlessList(['filter', 'orderBy']),
        },
      },
      // HSS does not report which ports are ignored: the cache remembers what was accepted, per ignoreKey.
      PortIgnore: { keyFields: ['ignoreKey'] },
      OpenPort: { fields: { ignored } },
    },
  });
}

/** relayStylePagination, except that a list that could not be read stays null, or as it was, and does not become empty. */
function endlessList(keyArgs: string[]): ReturnType<typeof relayStylePagination> {
  const policy = relayStylePagination(keyArgs);
  const merge = policy.merge as Exclude<typeof policy.merge, boolean | undefined>;
  return {
    ...policy,
    merge: (existing, incoming, options) => (incoming ? merge(existing, incoming, options) : (existing ?? null)),
  };
}

/** True, false, or null if not known. */
const ignored: FieldPolicy<boolean | null> = {
  read(_, { readField, toReference }) {
    const ignoreKey = readField('ignoreKey') ?? null;
    return readField<boolean | null>('ignored', toReference({ __typename: 'PortIgnore', ignoreKey })) ?? null;
  },
};
