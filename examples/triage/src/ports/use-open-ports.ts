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
/** The gateway's, if nothing else is configured. */
const maxPageSize = 1_000;

export interface OpenPorts {
  /** Which list this is: equal for equal filter and order. */
  readonly list: string;
  /** Those read so far. */
  readonly rows: readonly OpenPortRowFragment[];
  /** How many there are; null: not known yet, or not told. */
  readonly totalCount: number | null;
  readonly isLoading: boolean;
  /** Why the list, or what was last asked of it, is not here. */
  readonly failure: Failure | null;
  readonly hasMore: boolean;
  readonly readMore: () => void;
  /** Reads the rows again that are here, so that who has scrolled down stays there. */
  readonly readAgain: () => void;
  /** Reads again what failed. */
  readonly tryAgain: () => void;
}

/** A host's ports by filter and order, as an endless list. */
export function useOpenPorts(hostId: string, filter: OpenPortFilterInput, orderBy: OpenPortOrderInput[]): OpenPorts {
  const variables = { hostId, filter, orderBy, first: pageSize };
  const { data, previousData, error, loading, fetchMore, refetch } = useQuery(OpenPortsDocument, {
    variables,
    errorPolicy: 'all',
    notifyOnNetworkStatusChange: true,
  });
  const list = JSON.stringify(variables);
  const [failed, setFailed] = useState<{ list: string; after: string | null; failure: Failure | null } | null>(null);
  const isReading = useRef(false);
  const listFailure = useMemo(() => toFailures(error)[0] ?? null, [error]);
  // What failed in another list is no news of this one.
  const partFailed = failed?.list === list ? failed : null;
  // While another filter is on its way the rows of the last one stay, paler.
  const connection = (data ?? (loading ? previousData : undefined))?.host?.portsConnection;
  const edges = connection?.edges;
  const rows = useMemo(() => edges?.map(({ node }) => readFragment(OpenPortRow, node)) ?? [], [edges]);
  const { hasNextPage = false, endCursor = null } = connection?.pageInfo ?? {};

  /** Reads rows after a cursor, or the first: where that fails, those that are here stay. */
  async function read(after: string | null, first: number): Promise<void> {
    // Scrolling and a press of the button may ask at once.
    if (loading || isReading.current) return;
    isReading.current = true;
    setFailed(null);
    try {
      await fetchMore({ variables: { ...variables, after, first }, errorPolicy: 'none' });
    } catch (reason) {
      setFailed({ list, after, failure: toFailures(reason as Error)[0] ?? null });
    } finally {
      isReading.current = false;
    }
  }

  function readFrom(after: string | null): void {
    // Of a list that has failed as a whole there are no rows to keep.
    const first = after === null ? Math.min(Math.max(rows.length, pageSize), maxPageSize) : pageSize;
    void (listFailure ? refetch() : read(after, first));
  }

  return {
    list,
    rows,
    totalCount: connection?.totalCount ?? null,
    isLoading: loading,
    failure: listFailure ?? partFailed?.failure ?? null,
    // What has just failed is not asked for again by scrolling alone.
    hasMore: hasNextPage && partFailed === null,
    readMore: () => void read(endCursor, pageSize),
    readAgain: () => readFrom(null),
    tryAgain: () => readFrom(partFailed?.after ?? null),
  };
}
