import { graphql } from '../graphql/generated/gql.ts';

/** What a row of the table shows. */
export const OpenPortRow = graphql(/* GraphQL */ `
  fragment OpenPortRow on OpenPort {
    id
    port
    protocol
    status
    listenAddress
    pid
    executablePath
    agentId
    ignoreKey
  }
`);
