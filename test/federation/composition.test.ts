import { readFileSync } from 'node:fs';
import { composeServices as composeByApollo } from '@apollo/composition';
import { composeServices as composeByGuild } from '@theguild/federation-composition';
import { LATEST_ROUTER_COMPATIBILITY_VERSION, federateSubgraphs } from '@wundergraph/composition';
import {
  GraphQLEnumType,
  GraphQLInputObjectType,
  GraphQLObjectType,
  buildASTSchema,
  buildSchema,
  parse,
  print,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import { describe, expect, it } from 'vitest';

const hss = readFileSync('schema.graphql', 'utf8');
/** The same as clients see it. */
const api = buildSchema(readFileSync('api.graphql', 'utf8'));

/** Uses every short name that a team might, for things of its own, and the entity's fields that are left to others. */
const network = `
  extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@cost", "@listSize"])

  type Query {
    servers(page: PageInput, filter: Filter): HostPage!
    port(id: ID!): Port
    ports(ids: [ID!]!): [Port]! @listSize(assumedSize: 10)
  }
  type Mutation {
    renameHost(id: ID!, name: String!): Host!
    setPort(input: SetPortInput!): SetPortPayload!
  }
  interface Node { id: ID! }
  type Host implements Node @key(fields: "id") {
    id: ID!
    name: String!
    status: Status!
    port(number: Int!): Port
    switchPorts(page: PageInput): PortPage!
  }
  type Port implements Node @key(fields: "id") {
    id: ID!
    number: Int!
    protocol: Protocol!
    status: Status
    category: Category
  }
  type HostPage { nodes: [Host!]! pageInfo: PageInfo! totalCount: Int! }
  type PortPage { nodes: [Port!]! pageInfo: PageInfo! }
  type PageInfo @shareable { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
  type SetPortPayload { port: Port error: Error }
  type Error @shareable { code: Int! message: String! }
  input PageInput { first: Int = 20 after: String }
  input Filter { port: String! status: Status protocol: Protocol }
  input PortFilter { number: Int }
  input SetPortInput { id: ID! status: Status! filter: PortFilter }
  enum Status { UP DOWN UNKNOWN }
  enum Protocol { ETHERNET FIBRE }
  enum Category { SWITCH ROUTER }
`;

const subgraph = (name: string, sdl: string) => ({ name, url: `http://${name}.example/graphql`, typeDefs: parse(sdl) });
type Subgraph = ReturnType<typeof subgraph>;

interface Composition {
  readonly complaints: readonly string[];
  readonly supergraph: DocumentNode | null;
}

/** Every composer, with its errors and its hints or warnings in one list. */
const composers: Readonly<Record<string, (subgraphs: Subgraph[]) => Composition>> = {
  '@apollo/composition': (subgraphs) => {
    const { errors = [], hints = [], supergraphSdl } = composeByApollo(subgraphs);
    return {
      complaints: [...errors, ...hints].map(({ message }) => message),
      supergraph: supergraphSdl === undefined ? null : parse(supergraphSdl),
    };
  },
  '@theguild/federation-composition': (subgraphs) => {
    const { errors = [], supergraphSdl } = composeByGuild(subgraphs);
    return {
      complaints: errors.map(({ message }) => message),
      supergraph: supergraphSdl === undefined ? null : parse(supergraphSdl),
    };
  },
  '@wundergraph/composition': (subgraphs) => {
    const result = federateSubgraphs({
      subgraphs: subgraphs.map(({ name, url, typeDefs }) => ({ name, url, definitions: typeDefs })),
      version: LATEST_ROUTER_COMPATIBILITY_VERSION,
    });
    return {
      complaints: [...(result.success ? [] : result.errors), ...result.warnings].map(({ message }) => message),
      supergraph: result.success ? result.federatedGraphAST : null,
    };
  },
};

function composed(composition: Composition): GraphQLSchema {
  expect(composition.complaints).toEqual([]);
  return buildASTSchema(composition.supergraph!, { assumeValid: true });
}

function fieldsOf(schema: GraphQLSchema, name: string): string[] {
  const type = schema.getType(name);
  if (type instanceof GraphQLEnumType) return type.getValues().map((value) => value.name);
  if (type instanceof GraphQLObjectType || type instanceof GraphQLInputObjectType)
    return Object.keys(type.getFields()).sort();
  throw new Error(`The supergraph has no ${name}.`);
}

describe.each(Object.entries(composers))('the subgraph, composed by %s', (_name, compose) => {
  it('makes a supergraph alone', () => {
    const schema = composed(compose([subgraph('hss', hss)]));
    for (const type of ['Query', 'Mutation', 'Host', 'OpenPort'])
      expect(fieldsOf(schema, type)).toEqual(fieldsOf(api, type));
  });

  it('makes one beside a subgraph that uses every short name for something else', () => {
    const schema = composed(compose([subgraph('hss', hss), subgraph('network', network)]));
    expect(fieldsOf(schema, 'Host')).toEqual(
      [...fieldsOf(api, 'Host'), 'name', 'port', 'status', 'switchPorts'].toSorted(),
    );
    // What each side means by its names is as it was.
    expect(fieldsOf(schema, 'Port')).toEqual(['category', 'id', 'number', 'protocol', 'status']);
    expect(fieldsOf(schema, 'PageInput')).toEqual(['after', 'first']);
    // Relay's is the same to all.
    expect(fieldsOf(schema, 'PageInfo')).toEqual(['endCursor', 'hasNextPage', 'hasPreviousPage', 'startCursor']);
    expect(fieldsOf(schema, 'Status')).toEqual(['UP', 'DOWN', 'UNKNOWN']);
    expect(fieldsOf(schema, 'OpenPortPageInput')).toEqual(['limit', 'offset']);
    expect(fieldsOf(schema, 'PortStatus')).toEqual(['NORMAL', 'DANGER', 'UNKNOWN']);
    expect(fieldsOf(schema, 'OpenPortPage')).toEqual(
      ['hasNextPage', 'hasPreviousPage', 'limit', 'nodes', 'offset', 'totalCount'].sort(),
    );
  });

  it('lets another subgraph add to an open port by its id', () => {
    const notes = `
      extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
      type Query { notes: [Note!]! }
      type Note { text: String! openPort: OpenPort! }
      type OpenPort @key(fields: "id") { id: ID! note: String }
    `;
    const schema = composed(compose([subgraph('hss', hss), subgraph('notes', notes)]));
    expect(fieldsOf(schema, 'OpenPort')).toContain('note');
    expect(fieldsOf(schema, 'OpenPort')).toContain('executablePath');
  });

  it('makes one beside a subgraph that pages by the Relay connection specification too', () => {
    const processes = `
      extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
      type Query { processes(first: Int, after: String): ProcessConnection! }
      type ProcessConnection { edges: [ProcessEdge!]! pageInfo: PageInfo! }
      type ProcessEdge { cursor: String! node: Process! }
      type Process { name: String! host: Host! }
      type Host @key(fields: "id") { id: ID! }
      type PageInfo @shareable { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
    `;
    const schema = composed(compose([subgraph('hss', hss), subgraph('processes', processes)]));
    expect(fieldsOf(schema, 'PageInfo')).toEqual(['endCursor', 'hasNextPage', 'hasPreviousPage', 'startCursor']);
    expect(fieldsOf(schema, 'ProcessConnection')).toEqual(['edges', 'pageInfo']);
    expect(fieldsOf(schema, 'OpenPortConnection')).toEqual(['edges', 'nodes', 'pageInfo', 'totalCount']);
  });

  it("makes one with the example's inventory", () => {
    const inventory = readFileSync('examples/federation/inventory.graphql', 'utf8');
    const schema = composed(compose([subgraph('hss', hss), subgraph('inventory', inventory)]));
    expect(fieldsOf(schema, 'Host')).toEqual([...fieldsOf(api, 'Host'), 'address', 'name'].toSorted());
  });

  it('is refused where another subgraph claims a field of ours', () => {
    // That the composers above do look.
    const rival = `
      extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
      type Query { rivals: [Host!]! }
      type Host @key(fields: "id") { id: ID! ports: Int! }
    `;
    const { complaints, supergraph } = compose([subgraph('hss', hss), subgraph('rival', rival)]);
    expect(complaints.join()).toContain('ports');
    expect(supergraph).toBeNull();
  });
});

describe('the cost of a page', () => {
  const costs =
    /ports\([^)]*\): OpenPortPage[^\n]*@cost\(weight: 10\)[^\n]*@listSize\([^)]*assumedSize: 50[^)]*sizedFields: \["nodes"\]/;

  it.each(['@apollo/composition', '@theguild/federation-composition'])(
    'reaches the supergraph of %s, and the router with it',
    (name) => {
      const { supergraph } = composers[name]!([subgraph('hss', hss), subgraph('network', network)]);
      // Without descriptions the arguments stand on one line.
      expect(print(withoutDescriptions(supergraph!))).toMatch(costs);
    },
  );

  it('reaches the Cosmo Router beside the supergraph', () => {
    const result = federateSubgraphs({
      subgraphs: [{ name: 'hss', url: 'http://hss.example/graphql', definitions: parse(hss) }],
      version: LATEST_ROUTER_COMPATIBILITY_VERSION,
    });
    const costs = result.success ? result.subgraphConfigBySubgraphName.get('hss')?.costs : undefined;
    expect(costs?.fieldWeights.get('Host.ports')?.weight).toBe(10);
    expect(costs?.listSizes.get('Host.ports')).toMatchObject({ assumedSize: 50 });
    expect(costs?.listSizes.get('Query.hosts')).toMatchObject({ assumedSize: 50 });
  });
});

/** The document without descriptions. */
function withoutDescriptions(document: DocumentNode): DocumentNode {
  return JSON.parse(
    JSON.stringify(document, (key, value: unknown) => (key === 'description' || key === 'loc' ? undefined : value)),
  ) as DocumentNode;
}
