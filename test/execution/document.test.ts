import { GraphQLError, parse, print, type OperationDefinitionNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import { toExecutable } from '../../src/execution/document.ts';

const text = '{\r\n  a: host(id: "") { id }\n\r  b: host(\n    id: "") { id } }';

describe('a document that finds the places of its errors at once', () => {
  it('is the same, without places', () => {
    const { ast } = toExecutable(parse(text));
    expect(print(ast)).toBe(print(parse(text)));
    expect(JSON.stringify(ast)).toBe(JSON.stringify(parse(text, { noLocation: true })));
  });

  it('finds those of the nodes of an error, and leaves one alone that has none', () => {
    const { ast, locate } = toExecutable(parse(text));
    const [operation] = ast.definitions as [OperationDefinitionNode];
    const nodes = operation.selectionSet.selections;
    expect(locate(new GraphQLError('both', { nodes })).locations).toEqual([
      { line: 2, column: 3 },
      { line: 4, column: 3 },
    ]);
    expect(locate(new GraphQLError('none')).locations).toBeUndefined();
  });

  it('may have none itself', () => {
    const { ast, locate } = toExecutable(parse(text, { noLocation: true }));
    expect(locate(new GraphQLError('none', { nodes: ast.definitions })).locations).toBeUndefined();
  });

  it('knows the variables that decide what is selected', () => {
    const { conditions } = toExecutable(
      parse(
        'query ($a: Boolean!, $b: Boolean!, $n: Int) { a(n: $n) @skip(if: $a) ...F } fragment F on Query { b @include(if: $b) c @skip(if: true) }',
      ),
    );
    expect(conditions).toEqual(['a', 'b']);
  });
});
