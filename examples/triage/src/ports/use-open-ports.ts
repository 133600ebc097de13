import { useQuery } from '@apollo/client/react';
import { useMemo, useRef, useState } from 'react';
import { toFailures, type Failure } from '../failures/failure.ts';
import { readFragment } from '../graphql/generated/fragment-masking.ts';
import { graphql } from '../graphql/generated/gql.ts';
import type { OpenPortFilterInput, OpenPortOrderInput, OpenPortRowFragment } from '../graphql/generated/graphql.ts';
import { OpenPortRow } from './open-port-row.ts';

const OpenPortsDocument = graphql(/* GraphQL */ `
  query OpenPorts(
    $hostId: ID!
    $filter: OpenPortFilterInput!
    $orderBy: [OpenPortOrderInput!]!
    $first: Int!
    $after: String
  ) {
    host(id: $hostId) {
      id
      portsConnection(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
        totalCount
        edges {
          node {
            id
            ...OpenPortRow
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

/** HSS gives up to 200 rows a call: half of it is on the screen soon, and scrolls well. */
const pageSize = 100;

export interface OpenPorts {
  /** Those read so far. */
  readonly rows: readonly OpenPortRowFragment[];
  /** How many there are; null: not known yet, or not told. */
  readonly totalCount: number | null;
  readonly isLoading: boolean;
  /** Why the list, or its next rows, are not here. */
  readonly failure: Failure | null;
  readonly hasMore: boolean;
  readonly readMore: () => void;
  /** Reads the list again from its first row. */
  readonly readAgain: () => void;
}

/** A host's ports by filter and order, as an endless list. */
export function useOpenPorts(hostId: string, filter: OpenPortFilterInput, orderBy: OpenPortOrderInput[]): OpenPorts {
  const variables = { hostId, filter, orderBy, first: pageSize };
  const { data, previousData, error, loading, fetchMore, refetch } = useQuery(OpenPortsDocument, {
    variables,
    errorPolicy: 'all',
    notifyOnNetworkStatusChange: true,
  });
  const [moreFailure, setMoreFailure] = useState<Failure | null>(null);
  const isReadingMore = useRef(false);
  const listFailure = useMemo(() => toFailures(error)[0] ?? null, [error]);
  // While another filter is on its way the rows of the last one stay, paler.
  const connection = (data ?? (loading ? previousData : undefined))?.host?.portsConnection;
  const edges = connection?.edges;
  const rows = useMemo(() => edges?.map(({ node }) => readFragment(OpenPortRow, node)) ?? [], [edges]);
  const { hasNextPage = false, endCursor } = connection?.pageInfo ?? {};

  async function readMore(): Promise<void> {
    // Scrolling and a press of the button may ask at once.
    if (loading || isReadingMore.current) return;
    isReadingMore.current = true;
    setMoreFailure(null);
    try {
      await fetchMore({ variables: { ...variables, after: endCursor }, errorPolicy: 'none' });
    } catch (reason) {
      setMoreFailure(toFailures(reason as Error)[0] ?? null);
    } finally {
      isReadingMore.current = false;
    }
  }

  return {
    rows,
    totalCount: connection?.totalCount ?? null,
    isLoading: loading,
    failure: listFailure ?? moreFailure,
    // What has just failed is not asked for again by scrolling alone.
    hasMore: hasNextPage && moreFailure === null,
    readMore: () => void readMore(),
    readAgain: () => {
      setMoreFailure(null);
      if (listFailure === null && moreFailure !== null) void readMore();
      else void refetch();
    },
  };
}
