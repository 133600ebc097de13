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
          portsConnection: relayStylePagination(['filter', 'orderBy']),
        },
      },
      // HSS does not tell which ports are ignored: the cache remembers what was accepted, for all rows of an ignoreKey.
      PortIgnore: { keyFields: ['ignoreKey'] },
      OpenPort: { fields: { ignored } },
    },
  });
}

/** True, false, or null: not known. */
const ignored: FieldPolicy<boolean | null> = {
  read(_, { readField, toReference }) {
    const ignoreKey = readField('ignoreKey') ?? null;
    return readField<boolean | null>('ignored', toReference({ __typename: 'PortIgnore', ignoreKey })) ?? null;
  },
};
