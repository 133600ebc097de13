import { readFileSync } from 'node:fs';
import graphqlESLint from '@graphql-eslint/eslint-plugin';
import { coverage, diff, validate } from '@graphql-inspector/core';
import { ESLint } from 'eslint';
import { buildClientSchema, buildSchema, getIntrospectionQuery, Source } from 'graphql';
import { getAutocompleteSuggestions, getDiagnostics, getHoverInformation, Position } from 'graphql-language-service';
import { describe, expect, it } from 'vitest';
import { startGateway } from '../support/gateway.ts';

const sdl = readFileSync('api.graphql', 'utf8');
const operations = readFileSync('test/clients/open-ports.graphql', 'utf8');
/** As every tool reads it that knows nothing of federation. */
const schema = buildSchema(sdl);

describe("GraphQL's language service over api.graphql", () => {
  it('finds nothing wrong with the operations of a table', () => {
    expect(getDiagnostics(operations, schema)).toEqual([]);
  });

  it('finds a field that does not exist', () => {
    const [found, ...others] = getDiagnostics('query Ignored($id: ID!) { openPort(id: $id) { ignored } }', schema);

    expect(found?.message).toContain('Cannot query field "ignored" on type "OpenPort"');
    expect(others).toEqual([]);
  });

  it('offers the fields of a host, and tells what they are', () => {
    const text = '{ host(id: "a") { p } }';
    const cursor = new Position(0, text.indexOf('p }') + 1);

    const offered = getAutocompleteSuggestions(schema, text, cursor);

    expect(offered.map(({ label }) => label)).toEqual(expect.arrayContaining(['ports', 'portsConnection']));
    for (const { documentation } of offered.filter(({ label }) => label.startsWith('ports'))) {
      expect(documentation).toMatch(/\w/);
    }
    expect(getHoverInformation(schema, '{ host(id: "a") { id } }', new Position(0, 3))).toContain('Query.host');
  });
});

describe('graphql-inspector over api.graphql', () => {
  const source = new Source(operations, 'open-ports.graphql');

  it('finds no difference to what a gateway tells of itself, but for parts of federation', async () => {
    const gateway = await startGateway();
    const { data } = await gateway.query(getIntrospectionQuery());

    const changes = await diff(schema, buildClientSchema(data));

    expect(changes.filter(({ path }) => !/^(Query\.)?_|^@/.test(path ?? ''))).toEqual([]);
    expect(changes.map(({ path }) => path)).toContain('Query._service');
  });

  it('validates the operations of a table', () => {
    expect(validate(schema, [source])).toEqual([]);
  });

  it('says what is wrong with another', () => {
    const [invalid] = validate(schema, [new Source('{ host { id } }')]);

    expect(invalid?.errors.map(({ message }) => message).join()).toContain('argument "id" of type "ID!" is required');
  });

  it('tells that the operations use every root field', () => {
    const { types } = coverage(schema, [source]);
    const unused = ['Query', 'Mutation'].flatMap((name) =>
      Object.entries(types[name]?.children ?? {}).filter(([, { hits }]) => hits === 0),
    );

    expect(unused).toEqual([]);
    expect(Object.keys(types.Query?.children ?? {})).toEqual(['host', 'hosts', 'openPort', 'openPorts']);
  });
});

describe("graphql-eslint's rules for operations, over api.graphql", () => {
  const graphQLConfig = { schema: 'api.graphql', documents: 'test/clients/*.graphql' };
  const eslint = new ESLint({
    overrideConfigFile: true,
    overrideConfig: {
      files: ['**/*.graphql'],
      languageOptions: { parser: graphqlESLint.parser, parserOptions: { graphQLConfig } },
      plugins: { '@graphql-eslint': { rules: graphqlESLint.rules } as unknown as ESLint.Plugin },
      rules: graphqlESLint.configs['flat/operations-recommended'].rules,
    },
  });
  const lint = async (text: string, filePath: string) => {
    const [{ messages } = { messages: [] }] = await eslint.lintText(text, { filePath });
    return messages.map(({ ruleId, message }) => `${String(ruleId)}: ${message}`);
  };

  it('find nothing wrong with the operations of a table', async () => {
    expect(await lint(operations, 'test/clients/open-ports.graphql')).toEqual([]);
  });

  it('ask for the id that a cache knows a port by', async () => {
    const found = await lint('query Ports($id: ID!) { host(id: $id) { ports { nodes { port } } } }', 'ports.graphql');

    expect(found.join('\n')).toContain('require-selections');
  });
});
