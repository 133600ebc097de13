import { gql, type TypedDocumentNode } from '@urql/core';
import type { Cache, CacheExchangeOpts, Variables } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';

interface Result {
  readonly ignoreKey: string | null;
  readonly outcome: 'ACCEPTED' | 'REJECTED' | 'UNKNOWN';
}

/** Each row of the table watches it, with `requestPolicy: 'cache-only'`: HSS does not report which ports are ignored. */
export const Ignored: TypedDocumentNode<{ portIgnore: { ignored: boolean | null } | null }, { ignoreKey: string }> =
  gql`
    query Ignored($ignoreKey: ID!) {
      portIgnore(ignoreKey: $ignoreKey) {
        ignoreKey
        ignored
      }
    }
  `;

const PortIgnore = gql`
  fragment RememberedIgnore on PortIgnore {
    ignoreKey
    ignored
  }
`;

/** What Graphcache must know about the schema: `cacheExchange(openPortsCache)`. */
export const openPortsCache: CacheExchangeOpts = {
  keys: {
    // These are parts of their parent, without an id of their own.
    OpenPortPage: () => null,
    OpenPortConnection: () => null,
    OpenPortEdge: () => null,
    PageInfo: () => null,
    SetPortIgnorePayload: () => null,
    SetPortIgnoreResult: () => null,
    SetPortIgnoreError: () => null,
    PortIgnore: ({ ignoreKey }) => ignoreKey as string,
  },
  resolvers: {
    // An infinite list per filter and order.
    Host: { portsConnection: relayPagination() },
    Query: {
      // `ignored` is null if nothing was accepted: for a missing field Graphcache would query the gateway.
      portIgnore(_, { ignoreKey }, cache) {
        const known = { __typename: 'PortIgnore', ignoreKey: ignoreKey as string };
        return { ...known, ignored: cache.resolve(known, 'ignored') ?? null };
      },
    },
  },
  optimistic: {
    // Shown at once, except for ports given by their parts; Graphcache reverts what HSS rejects.
    setPortIgnore: (args, cache) => ({
      __typename: 'SetPortIgnorePayload',
      results: (asked(args).portIds ?? []).map((portId) => ({
        __typename: 'SetPortIgnoreResult',
        portId,
        ignoreKey: cache.resolve({ __typename: 'OpenPort', id: portId }, 'ignoreKey') as string,
        outcome: 'ACCEPTED',
        error: null,
      })),
    }),
  },
  updates: {
    Mutation: {
      setPortIgnore(data, args, cache) {
        const { results } = (data.setPortIgnore ?? { results: [] }) as { readonly results: readonly Result[] };
        for (const result of results) remember(cache, result, asked(args).ignore);
      },
    },
  },
};

function asked({ input }: Variables): { readonly ignore: boolean; readonly portIds?: string[] | null } {
  return input as ReturnType<typeof asked>;
}

function remember(cache: Cache, { ignoreKey, outcome }: Result, ignore: boolean): void {
  if (ignoreKey === null || outcome === 'REJECTED') return;
  const ignored = outcome === 'ACCEPTED' ? ignore : null;
  cache.writeFragment(PortIgnore, { __typename: 'PortIgnore', ignoreKey, ignored });
}
