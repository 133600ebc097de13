import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Window } from 'happy-dom';
import { createElement as element, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import {
  RelayEnvironmentProvider,
  useClientQuery,
  useFragment,
  useLazyLoadQuery,
  usePaginationFragment,
} from 'react-relay';
import {
  commitLocalUpdate,
  createOperationDescriptor,
  Environment,
  getRequest,
  Network,
  RecordSource,
  Store,
  type GraphQLResponse,
  type GraphQLTaggedNode,
} from 'relay-runtime';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { createClientProject } from './client-project.ts';
import { generatedPorts, type TableData } from './documents.ts';

/** The documents of a table, as a component of an application has them. */
const documents = `
import { graphql } from 'react-relay';

graphql\`
  query OpenPortTableQuery($hostId: ID!, $orderBy: [OpenPortOrderInput!], $count: Int = 15) {
    ...OpenPortTable_query @arguments(hostId: $hostId, orderBy: $orderBy, count: $count)
  }
\`;

graphql\`
  fragment OpenPortTable_query on Query
  @argumentDefinitions(
    hostId: { type: "ID!" }
    orderBy: { type: "[OpenPortOrderInput!]" }
    count: { type: "Int", defaultValue: 15 }
    cursor: { type: "String" }
  )
  @refetchable(queryName: "OpenPortTablePaginationQuery") {
    host(id: $hostId) {
      id
      portsConnection(first: $count, after: $cursor, orderBy: $orderBy) @connection(key: "OpenPortTable_portsConnection") {
        totalCount
        edges {
          node {
            id
            ...OpenPortTable_port
          }
        }
      }
    }
  }
\`;

graphql\`
  fragment OpenPortTable_port on OpenPort {
    port
    status
    ignoreKey
  }
\`;

graphql\`
  query OpenPortTableIgnoredQuery($ignoreKey: ID!) {
    portIgnore(ignoreKey: $ignoreKey) {
      ignored
    }
  }
\`;
`;

const config = {
  src: '.',
  schema: 'api.graphql',
  schemaExtensions: ['extensions'],
  language: 'javascript',
  // No bundler resolves imports here.
  eagerEsModules: false,
  artifactDirectory: 'generated',
  excludes: ['**/node_modules/**', '**/generated/**'],
};

type Artifact = (name: string) => GraphQLTaggedNode;

/** What relay-compiler makes of the documents over api.graphql. */
async function compile(text: string): Promise<Artifact> {
  const project = await createClientProject({
    'OpenPortTable.js': text,
    'relay.config.json': JSON.stringify(config),
  });
  await Promise.all([mkdir(project.path('generated')), mkdir(project.path('extensions'))]);
  await copyFile('examples/frontend/client.graphql', project.path('extensions/client.graphql'));
  await writeFile(project.path('generated/package.json'), '{ "type": "commonjs" }');
  await project.run('relay-compiler', 'relay.config.json');
  const require = createRequire(project.path('generated/'));
  return (name) => require(`./${name}.graphql.js`) as GraphQLTaggedNode;
}

function createEnvironment({ url }: TestGateway): Environment {
  const network = Network.create(async ({ text }, variables) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-auth-token': 'token' },
      body: JSON.stringify({ query: text, variables }),
    });
    return (await response.json()) as GraphQLResponse;
  });
  return new Environment({ network, store: new Store(new RecordSource()) });
}

/** What was accepted, for all rows of an ignoreKey, whenever they are read. */
function remember(environment: Environment, query: GraphQLTaggedNode, ignoreKey: string, ignored: boolean): void {
  // The store would drop what no component shows.
  environment.retain(createOperationDescriptor(getRequest(query), { ignoreKey }));
  commitLocalUpdate(environment, (store) => {
    store.getRoot().getOrCreateLinkedRecord('portIgnore', 'PortIgnore', { ignoreKey }).setValue(ignored, 'ignored');
  });
}

interface TableState {
  readonly data: TableData;
  readonly hasNext: boolean;
  readonly loadNext: (count: number) => void;
  readonly refetch: (variables: object) => void;
}

/** A table that shows a row a port, more of them at a click, and the highest first at another. */
function createTable(artifact: Artifact, variables: object) {
  function Row({ port }: { readonly port: object }) {
    const data = useFragment(artifact('OpenPortTable_port'), port as never) as { port: number; ignoreKey: string };
    const { portIgnore } = useClientQuery(artifact('OpenPortTableIgnoredQuery'), {
      ignoreKey: data.ignoreKey,
    }) as { portIgnore?: { ignored: boolean } };
    return element('li', null, data.port, portIgnore?.ignored && ' ignored');
  }
  return function Table() {
    const query = useLazyLoadQuery(artifact('OpenPortTableQuery'), variables);
    const { data, hasNext, loadNext, refetch } = usePaginationFragment(
      artifact('OpenPortTable_query'),
      query as never,
    ) as unknown as TableState;
    const { edges = [], totalCount = 0 } = data.host?.portsConnection ?? {};
    const sort = () => refetch({ orderBy: [{ field: 'PORT', direction: 'DESC' }] });
    return element(
      'section',
      null,
      element('h1', { onClick: sort }, totalCount),
      edges.map(({ node }) => element(Row, { key: node.id, port: node })),
      hasNext && element('button', { onClick: () => loadNext(15) }, 'More'),
    );
  };
}

/** Shows the table in a document that is nothing but one. */
async function showTable(gateway: TestGateway, variables: object) {
  const artifact = await compile(documents);
  const Table = createTable(artifact, variables);
  const environment = createEnvironment(gateway);
  const window = new Window();
  Object.assign(globalThis, { window, document: window.document });
  const root = createRoot(window.document.body as never);
  onTestFinished(async () => {
    root.unmount();
    await window.happyDOM.close();
  });
  const page = element(Suspense, null, element(Table));
  root.render(element(RelayEnvironmentProvider, { environment, children: page }));
  const ignored = (ignoreKey: string) => {
    remember(environment, artifact('OpenPortTableIgnoredQuery'), ignoreKey, true);
  };
  return { document: window.document, ignored, environment };
}

function textsOf(document: Window['document'], name: string): string[] {
  return [...document.querySelectorAll(name)].map(({ textContent }) => textContent);
}

describe("a table by Relay's usePaginationFragment on a fragment of Query", () => {
  const ports = generatedPorts(40).map(String);

  it('shows the first ports, and the next ones at a click, until there are no more', async () => {
    const gateway = await startGateway();
    const { document } = await showTable(gateway, { hostId: 'host-40' });

    await expect.poll(() => textsOf(document, 'li')).toEqual(ports.slice(0, 15));
    expect(textsOf(document, 'h1')).toEqual(['40']);
    for (const shown of [30, 40]) {
      document.querySelector('button')?.click();
      await expect.poll(() => textsOf(document, 'li')).toEqual(ports.slice(0, shown));
    }

    expect(textsOf(document, 'button')).toEqual([]);
    expect(gateway.simulator.calls.map(({ query }) => query.offset)).toEqual(['0', '15', '30']);
  });

  it('reads anew where the order changes', async () => {
    const { document } = await showTable(await startGateway(), { hostId: 'host-40' });
    await expect.poll(() => textsOf(document, 'li')).toEqual(ports.slice(0, 15));

    document.querySelector('h1')?.click();

    await expect.poll(() => textsOf(document, 'li')).toEqual(ports.toReversed().slice(0, 15));
  });

  it('shows what was ignored at all rows of its ignoreKey, though they are read later', async () => {
    const gateway = await startGateway();
    const { document, environment, ignored } = await showTable(gateway, { hostId: 'risky-host', count: 5 });
    await expect.poll(() => textsOf(document, 'li')).toEqual(['21', '22', '23', '68', '443']);
    const { data } = await gateway.query(
      '{ host(id: "risky-host") { ports(filter: { port: 445 }) { nodes { ignoreKey } } } }',
    );

    ignored(data.host.ports.nodes[0].ignoreKey);
    // Relay drops what nobody retains.
    (environment.getStore() as unknown as { __gc(): void }).__gc();
    document.querySelector('button')?.click();

    await expect
      .poll(() => textsOf(document, 'li'))
      .toEqual(['21', '22', '23', '68', '443', '445 ignored', '445 ignored', '3389']);
    expect(gateway.simulator.calls).toHaveLength(3);
  });
});
