import type { OpenPortFilterInput, StatusCountsQueryVariables } from '../graphql/generated/graphql.ts';
import { graphql } from '../graphql/generated/gql.ts';

/** How many ports of each status a host has: four of the smallest calls to HSS. */
export const StatusCounts = graphql(/* GraphQL */ `
  fragment StatusCounts on Host {
    id
    all: ports(filter: $all) {
      totalCount
    }
    danger: ports(filter: $danger) {
      totalCount
    }
    unknown: ports(filter: $unknown) {
      totalCount
    }
    normal: ports(filter: $normal) {
      totalCount
    }
  }
`);

/** Hosts fail one by one: a count that HSS did not give is null, and an error beside the data says why. */
export const StatusCountsDocument = graphql(/* GraphQL */ `
  query StatusCounts(
    $ids: [ID!]!
    $all: OpenPortFilterInput!
    $danger: OpenPortFilterInput!
    $unknown: OpenPortFilterInput!
    $normal: OpenPortFilterInput!
  ) {
    hosts(ids: $ids) {
      ...StatusCounts
    }
  }
`);

/** Equal variables are equal fields in the cache: the list of hosts and the tabs above a table share their counts. */
export function countsOf(ids: string[], all: OpenPortFilterInput = {}): StatusCountsQueryVariables {
  return {
    ids,
    all,
    danger: { ...all, status: 'DANGER' },
    unknown: { ...all, status: 'UNKNOWN' },
    normal: { ...all, status: 'NORMAL' },
  };
}
