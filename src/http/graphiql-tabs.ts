/** What a tab of GraphiQL opens on. */
export interface Tab {
  query: string;
  /** JSON. */
  variables?: string;
}

const tab = (query: string, variables?: object): Tab => ({
  query: query.trimStart(),
  ...(variables && { variables: JSON.stringify(variables, null, 2) }),
});

const openPorts = (...ids: string[]): Tab =>
  tab(
    `
# The open ports of several servers.
# Ctrl-Enter runs it; the variables are below.
query OpenPorts($ids: [ID!]!, $limit: Int) {
  hosts(ids: $ids) {
    id
    ports(page: { limit: $limit }) {
      totalCount
      hasNextPage
      nodes {
        port
        protocol
        status
        listenAddress
        pid
        executablePath
      }
    }
  }
}
`,
    { ids, limit: 10 },
  );

const table = (id: string): Tab =>
  tab(
    `
# What a table shows: filtered, sorted,
# and with the cursor of its next rows.
query Table($id: ID!, $after: String) {
  host(id: $id) {
    portsConnection(
      filter: { statuses: [DANGER, UNKNOWN], protocol: TCP }
      orderBy: [{ field: STATUS, direction: DESC }, { field: PORT }]
      first: 20
      after: $after
    ) {
      totalCount
      edges {
        node {
          id
          port
          status
          executablePath
          ignoreKey
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
`,
    { id },
  );

const threePages = (id: string): Tab =>
  tab(
    `
# Three pages of one list are one call to HSS:
# see below the answer.
query ThreePages($id: ID!) {
  host(id: $id) {
    first: ports(page: { limit: 20 }) {
      nodes {
        port
      }
    }
    second: ports(page: { limit: 20, offset: 20 }) {
      nodes {
        port
      }
    }
    all: ports {
      totalCount
    }
  }
}
`,
    { id },
  );

/** Names ports by their parts; their ids would do as well. */
const ignoring = (agentId: string): Tab =>
  tab(
    `
# Ignores ports; each has an outcome of its own:
# HSS takes TCP and UDP, and nothing else.
mutation Ignoring($input: SetPortIgnoreInput!) {
  setPortIgnore(input: $input) {
    acceptedCount
    rejectedCount
    unknownCount
    results {
      port
      protocol
      outcome
      error {
        code
        message
      }
    }
  }
}
`,
    {
      input: {
        ignore: true,
        ports: [
          { agentId, port: 23, protocol: 'TCP' },
          { agentId, port: 5353, protocol: 'UDP6' },
        ],
      },
    },
  );

const failure = (...ids: string[]): Tab =>
  tab(
    `
# HSS refuses to list the first server's ports:
# null, and an error whose code is the contract.
query Failure($ids: [ID!]!) {
  hosts(ids: $ids) {
    id
    ports {
      totalCount
    }
  }
}
`,
    { ids },
  );

/** For servers that HSS knows, whose ids are to be filled in. */
export const tabs: Tab[] = [openPorts('<id of a server>'), table('<id of a server>'), threePages('<id of a server>')];

/** For the simulator's hosts: all of these tabs run, and none touches a server. */
export const simulatorTabs: Tab[] = [
  openPorts('dd91cd32-a238-4c0e-bc01-3b11653714ac', 'risky-host'),
  table('risky-host'),
  threePages('host-350'),
  // The agent of risky-host.
  ignoring('a49de2a20690f785d9fe176f331eb03ab0d8abdb56638ec01408c49b7e7d5712'),
  failure('rehearse-forbidden', 'risky-host'),
];
