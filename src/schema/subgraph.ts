import { getDocumentNodeFromSchema, memoize1 } from '@graphql-tools/utils';
import { print, specifiedDirectives, visit, type GraphQLSchema, type TypeDefinitionNode } from 'graphql';
import { builder } from './builder.ts';
import { bytesOfText, costs } from './field-cost.ts';

/** 2.9 is the newest version that every composer supports. */
const federation = 'https://specs.apollo.dev/federation/v2.9';

/** A description, with the opening bracket before it if it is the first of its list. */
const memberDescription = /([{(])?\n +"""(?:[^"]|"(?!""))*"""/g;

const Service = builder.objectRef<GraphQLSchema>('_Service').implement({
  description: 'Information about this subgraph for routers.',
  fields: (t) => ({
    sdl: t.string({
      description: 'The schema of this subgraph, with its federation directives.',
      extensions: costs({ cost: (_args, { schema }) => ({ characters: bytesOfText(printSubgraph(schema)) }) }),
      resolve: (schema) => printSubgraph(schema),
    }),
  }),
});

builder.queryField('_service', (t) =>
  t.field({
    type: Service,
    extensions: costs({}),
    description: 'For routers: the schema of this subgraph. Needs no token.',
    resolve: (_query, _args, _context, { schema }) => schema,
  }),
);

/**
 * The SDL that composers read: with the directives of federation, and without the definitions that every subgraph has:
 * https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/subgraph-spec
 */
export const printSubgraph = memoize1((schema: GraphQLSchema): string => {
  const imports = new Set<string>();
  const types = typesOf(schema);
  for (const type of types) {
    visit(type, {
      Directive({ name }) {
        if (!isSpecified(name.value)) imports.add(`"@${name.value}"`);
      },
    });
  }
  const link = `extend schema @link(url: "${federation}", import: [${[...imports].sort().join(', ')}])`;
  return printDefinitions([link, ...types.map(print)]);
});

/** The SDL that clients read: without federation, so that every tool can read it. */
export function printClientSchema(schema: GraphQLSchema): string {
  const withoutDirectives = typesOf(schema).map((type) =>
    visit(type, { Directive: ({ name }) => (isSpecified(name.value) ? undefined : null) }),
  );
  return printDefinitions(withoutDirectives.map(print));
}

const isSpecified = (name: string): boolean => specifiedDirectives.some((directive) => directive.name === name);

/** Sorted by name, so that the source's imports do not affect the order. */
function typesOf(schema: GraphQLSchema): TypeDefinitionNode[] {
  const { definitions } = visit(getDocumentNodeFromSchema(schema), {
    // The root types have their default names, so no schema definition is needed.
    SchemaDefinition: () => null,
    ScalarTypeDefinition: withoutFederation,
    UnionTypeDefinition: withoutFederation,
    ObjectTypeDefinition: withoutFederation,
    FieldDefinition: withoutFederation,
  });
  return (definitions as readonly TypeDefinitionNode[]).toSorted((a, b) => (a.name.value < b.name.value ? -1 : 1));
}

function withoutFederation({ name }: { name: { value: string } }): null | undefined {
  return name.value.startsWith('_') ? null : undefined;
}

/** Puts an empty line before each member that has a description. */
function printDefinitions(definitions: readonly string[]): string {
  const sdl = definitions.join('\n\n');
  return `${sdl.replace(memberDescription, (text, opening?: string) => (opening ? text : `\n${text}`))}\n`;
}
