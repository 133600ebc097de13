import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Window } from 'happy-dom';
import { createElement as element, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { RelayEnvironmentProvider, useFragment, useLazyLoadQuery, usePaginationFragment } from 'react-relay';
import { Environment, Network, RecordSource, Store, type GraphQLResponse, type GraphQLTaggedNode } from 'relay-runtime';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { createClientProject } from './client-project.ts';
import { generatedPorts, type TableData } from './documents.ts';

/** The documents of a table, as a component of an application has them. */
const documents = `
import { graphql } from 'react-relay';

graphql\`
  query OpenPortTableQuery($hostId: ID!, $orderBy: [OpenPortOrderInput!]) {
    ...OpenPortTable_query @arguments(hostId: $hostId, orderBy: $orderBy)
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
  }
\`;
`;

const config = {
  src: '.',
  schema: 'api.graphql',
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
  await mkdir(project.path('generated'));
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

interface TableState {
  readonly data: TableData;
  readonly hasNext: boolean;
  readonly loadNext: (count: number) => void;
  readonly refetch: (variables: object) => void;
}

/** A table that shows a row a port, more of them at a click, and the highest first at another. */
function createTable(artifact: Artifact, variables: object) {
  function Row({ port }: { readonly port: object }) {
    const data = useFragment(artifact('OpenPortTable_port'), port as never) as { port: number };
    return element('li', null, data.port);
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
async function showTable(gateway: TestGateway, variables: object): Promise<Window['document']> {
  const Table = createTable(await compile(documents), variables);
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
  return window.document;
}

function textsOf(document: Window['document'], name: string): string[] {
  return [...document.querySelectorAll(name)].map(({ textContent }) => textContent);
}

describe("a table by Relay's usePaginationFragment on a fragment of Query", () => {
  const ports = generatedPorts(40).map(String);

  it('shows the first ports, and the next ones at a click, until there are no more', async () => {
    const gateway = await startGateway();
    const document = await showTable(gateway, { hostId: 'host-40' });

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
    const document = await showTable(await startGateway(), { hostId: 'host-40' });
    await expect.poll(() => textsOf(document, 'li')).toEqual(ports.slice(0, 15));

    document.querySelector('h1')?.click();

    await expect.poll(() => textsOf(document, 'li')).toEqual(ports.toReversed().slice(0, 15));
  });
});
