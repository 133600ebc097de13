import type { GraphiQLOptions } from 'graphql-yoga';

/** What GraphiQL opens on. */
export function toGraphiQL(headers: Readonly<Record<string, string>> = { 'X-Auth-Token': '' }): GraphiQLOptions {
  return {
    title: 'Open ports',
    defaultQuery: exampleQuery,
    headers: JSON.stringify(headers, null, 2),
    // The browser would write the developer's token to its disk.
    shouldPersistHeaders: false,
  };
}

/** From the package, not from a CDN; large, and so loaded when somebody opens it. */
export async function renderGraphiQL(options?: GraphiQLOptions): Promise<BodyInit> {
  return (await import('@graphql-yoga/render-graphiql')).renderGraphiQL(options);
}

/** The documents' own example host. */
const exampleQuery = `# The open ports of one server. Press Ctrl-Enter to run it.
query OpenPorts {
  host(id: "dd91cd32-a238-4c0e-bc01-3b11653714ac") {
    ports(page: { limit: 10 }) {
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
`;
