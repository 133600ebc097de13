import { describe, expect, it } from 'vitest';
import { startGateway } from '../support/gateway.ts';
import { createClientProject } from './client-project.ts';

/** Sends a document as any fetch would; what it gives is typed by the document. */
const send = `
async function send(document: { toString(): string }, variables: object): Promise<any> {
  const response = await fetch(process.argv[2] ?? '', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-auth-token': 'token' },
    body: JSON.stringify({ query: document.toString(), variables }),
  });
  return ((await response.json()) as any).data;
}
`;

const codegen = `
import type { CodegenConfig } from '@graphql-codegen/cli';
const config: CodegenConfig = {
  schema: 'api.graphql',
  documents: 'open-ports.graphql',
  emitLegacyCommonJSImports: false,
  generates: {
    'generated/': { preset: 'client', config: { documentMode: 'string', enumsAsTypes: true, useTypeImports: true } },
  },
};
export default config;
`;

const codegenTable = `
import { useFragment, type FragmentType } from './generated/index.js';
import { OpenPortRowFragmentDoc, OpenPortTableDocument, type OpenPortTableQuery } from './generated/graphql.js';
import type { OpenPortTableQueryVariables, SetPortIgnoreMutation } from './generated/graphql.js';
${send}
const variables: OpenPortTableQueryVariables = {
  hostId: 'risky-host',
  first: 2,
  filter: { statuses: ['DANGER'] },
  orderBy: [{ field: 'PORT', direction: 'DESC' }],
};
// @ts-expect-error HSS has no such state.
const ignored: OpenPortTableQueryVariables = { hostId: 'risky-host', first: 2, filter: { status: 'IGNORED' } };
// @ts-expect-error The host must be named.
const nowhere: OpenPortTableQueryVariables = { first: 2 };

function Row(masked: FragmentType<typeof OpenPortRowFragmentDoc>): string {
  // @ts-expect-error What a row shows is seen by the row alone.
  void masked.port;
  const { port, protocol, status } = useFragment(OpenPortRowFragmentDoc, masked);
  const known: 'TCP' | 'UDP' | 'TCP6' | 'UDP6' | null | undefined = protocol;
  return [port, known, status].join('/');
}

const data: OpenPortTableQuery = await send(OpenPortTableDocument, variables);
// @ts-expect-error HSS may not have answered.
void data.host.portsConnection.edges;
// @ts-expect-error Nor here.
void ((write: SetPortIgnoreMutation) => write.setPortIgnore.results);
console.log(data.host?.portsConnection?.edges.map(({ node }) => Row(node)).join());
`;

const tadaTable = `
import { initGraphQLTada, readFragment, type FragmentOf, type ResultOf, type VariablesOf } from 'gql.tada';
import { print } from 'graphql';
import type { introspection } from './graphql-env.d.ts';
const graphql = initGraphQLTada<{ introspection: introspection }>();
${send}
const OpenPortRow = graphql(\`
  fragment OpenPortRow on OpenPort { id port protocol status }
\`);
const OpenPortTable = graphql(\`
  query OpenPortTable($hostId: ID!, $filter: OpenPortFilterInput, $orderBy: [OpenPortOrderInput!], $first: Int!) {
    host(id: $hostId) {
      id
      portsConnection(filter: $filter, orderBy: $orderBy, first: $first) {
        edges { node { id ...OpenPortRow } }
      }
    }
  }
\`, [OpenPortRow]);

const variables: VariablesOf<typeof OpenPortTable> = {
  hostId: 'risky-host',
  first: 2,
  filter: { statuses: ['DANGER'] },
  orderBy: [{ field: 'PORT', direction: 'DESC' }],
};
// @ts-expect-error HSS has no such state.
const ignored: VariablesOf<typeof OpenPortTable> = { hostId: 'risky-host', first: 2, filter: { status: 'IGNORED' } };

function Row(masked: FragmentOf<typeof OpenPortRow>): string {
  const { port, protocol, status } = readFragment(OpenPortRow, masked);
  const known: 'TCP' | 'UDP' | 'TCP6' | 'UDP6' | null = protocol;
  return [port, known, status].join('/');
}

const data: ResultOf<typeof OpenPortTable> = await send(print(OpenPortTable), variables);
// @ts-expect-error HSS may not have answered.
void data.host.portsConnection.edges;
console.log(data.host?.portsConnection?.edges.map(({ node }) => Row(node)).join());
`;

const dangerousPorts = '3389/TCP/DANGER,445/TCP/DANGER\n';

describe('a typed table', () => {
  it("of graphql-codegen's client preset compiles and runs, its rows masked", async () => {
    const gateway = await startGateway();
    const project = await createClientProject({ 'codegen.ts': codegen, 'table.ts': codegenTable });

    await project.run('graphql-codegen', '--config', 'codegen.ts');
    await project.run('tsc');

    expect(await project.run('tsx', 'table.ts', gateway.url)).toBe(dangerousPorts);
  });

  it('of gql.tada compiles and runs, and its own check finds nothing wrong', async () => {
    const gateway = await startGateway();
    const plugin = { name: 'gql.tada/ts-plugin', schema: './api.graphql', tadaOutputLocation: './graphql-env.d.ts' };
    const project = await createClientProject({ 'table.ts': tadaTable }, [plugin]);

    await project.run('gql.tada', 'generate-output');
    await project.run('tsc');
    await project.run('gql.tada', 'check');

    expect(await project.run('tsx', 'table.ts', gateway.url)).toBe(dangerousPorts);
  });
});
