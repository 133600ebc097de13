import fc from 'fast-check';
import { Lexer, Source, TokenKind, type Token } from 'graphql';
import { describe, expect, it } from 'vitest';
import { takeLiterals } from '../../src/operation/literals.ts';

const pieces = [
  '"',
  '"',
  '""',
  '"""',
  '"a"',
  '"b"',
  '"0"',
  '\\',
  '\\"',
  '#',
  '\n',
  '\r\n',
  '\t',
  ' ',
  'é',
  '😀',
  '{',
  'x:',
];
const textOf = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join(''));

/** The tokens of a text; null where it is none of GraphQL's. */
function tokensOf(text: string): Token[] | null {
  const lexer = new Lexer(new Source(text));
  const tokens: Token[] = [];
  try {
    while (lexer.advance().kind !== TokenKind.EOF) tokens.push(lexer.token);
    return tokens;
  } catch {
    return null;
  }
}

describe('the strings of a document', () => {
  it('are those that GraphQL reads, where any are taken', () => {
    fc.assert(
      fc.property(textOf, (text) => {
        const literals = takeLiterals(text);
        const tokens = tokensOf(text);
        fc.pre(literals !== null && tokens !== null);
        const inShape = tokensOf(literals.shape)!;
        expect(inShape.map(({ kind }) => kind)).toEqual(tokens.map(({ kind }) => kind));
        expect(inShape.map(({ kind, value }) => (kind === TokenKind.STRING ? literals.values[value] : value))).toEqual(
          tokens.map(({ value }) => value),
        );
        for (const [index, { line, column }] of tokens.entries()) {
          const there = inShape[index]!;
          expect(literals.toText({ line: there.line, column: there.column })).toEqual({ line, column });
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['no strings', '{ a }'],
    ['a comment', '{ a(b: "c") } # "'],
    ['an escape', String.raw`{ a(b: "\"") }`],
    ['a block string', '{ a(b: """c""") }'],
    ['a character of two code units', '{ a(b: "😀", c: "d") }'],
    ['more strings than a limit', `{ a(b: [${'"c" '.repeat(2_001)}]) }`],
    ['a string without an end', '{ a(b: "c) }'],
  ])('are left where they are in a document with %s', (_, text) => {
    expect(takeLiterals(text)).toBe(null);
  });

  it('have one name where they are equal', () => {
    const { shape, values } = takeLiterals('{ a(b: "x", c: "yy", d: "x", e: "") }')!;
    expect(shape).toBe('{ a(b: "0", c: "1", d: "0", e: "2") }');
    expect(values).toEqual({ 0: 'x', 1: 'yy', 2: '' });
  });
});
