import { GraphQLError, buildSchema, getOperationAST, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { toExecutable } from '../../src/execution/document.ts';
import { roomForPlans } from '../../src/execution/selection.ts';
import { compileCostLimit } from '../../src/cost/cost-limit.ts';
import type { CostDeclaration, FieldCost } from '../../src/schema/field-cost.ts';

const settings = { maxPageLimit: 1_000, maxWholeListRows: 2_000, enterpriseProjectId: null };
const mebi = 1024 * 1024;

/** What is said to an operation whose only field declares this, and beside it `maxReads` is allowed. */
function limit(declaration: CostDeclaration, hasToken = true, maxReads = 10): number | GraphQLError {
  const schema = buildSchema('type Query { field: String }');
  schema.getQueryType()!.getFields().field!.extensions = { cost: declaration };
  const document = toExecutable(parse('{ field }'));
  const operation = getOperationAST(document.ast)!;
  return compileCostLimit({ schema, document, operation, settings, room: { left: 0 } }, maxReads)({}, hasToken);
}

/** Characters of an answer whose field has none. */
const around = 512 + 'field'.length + 8;

function expectRefusal(answer: number | GraphQLError, estimate: number, budget: number, what: string): void {
  expect(answer).toBeInstanceOf(GraphQLError);
  const { message, extensions } = answer as GraphQLError;
  expect(message).toBe(
    `The operation may need ${estimate} ${what}, but at most ${budget} are allowed: request less at once.`,
  );
  expect(extensions).toEqual({ code: 'COST_LIMIT_EXCEEDED', estimate, budget });
}

describe('an operation at its limits', () => {
  it.each<[what: string, declaration: CostDeclaration, reads: number]>([
    ['hosts and ports in its lists', { references: () => 5_000 }, 0],
    ['calls to HSS', { cost: { reads: 10 } }, 10],
    ['fields that are looked up one by one', { mayFail: true, cost: { items: 2_001 } }, 0],
    ['writes to HSS', { cost: { writes: 50 } }, 0],
    ['characters in its response', { cost: { characters: 8 * mebi - around } }, 0],
    ['characters, half a Mi for each call', { cost: { reads: 3, characters: 9.5 * mebi - around } }, 3],
    ['characters, or for each page of one', { cost: { reads: 1, pages: 3, characters: 9.5 * mebi - around } }, 1],
  ])('is told how many calls it may need: %s', (_what, declaration, reads) => {
    expect(limit(declaration)).toBe(reads);
  });

  it.each<[what: string, declaration: CostDeclaration, estimate: number, budget: number]>([
    ['hosts and ports in its lists', { references: () => 5_001 }, 5_001, 5_000],
    ['calls to HSS', { cost: { reads: 11 } }, 11, 10],
    ['fields that are looked up one by one', { mayFail: true, cost: { items: 2_002 } }, 2_002, 2_001],
    ['writes to HSS', { cost: { writes: 51 } }, 51, 50],
    ['characters in its response', { cost: { characters: 8 * mebi + 1 - around } }, 8 * mebi + 1, 8 * mebi],
    [
      'characters in its response',
      { cost: { reads: 3, characters: 9.5 * mebi + 1 - around } },
      9.5 * mebi + 1,
      9.5 * mebi,
    ],
  ])('is refused with the figures beyond them: %s', (what, declaration, estimate, budget) => {
    expectRefusal(limit(declaration), estimate, budget, what);
  });

  it('has closer ones without a token', () => {
    const items = (count: number): FieldCost => ({ items: count, characters: 0 });
    expect(limit({ mayFail: true, cost: items(1_000) }, false)).toBe(0);
    expectRefusal(
      limit({ mayFail: true, cost: items(1_001) }, false),
      1_001,
      1_000,
      'fields that are looked up one by one',
    );
    expect(limit({ cost: { characters: 2 * mebi - around } }, false)).toBe(0);
    const tooLarge = limit({ cost: { characters: 2 * mebi + 1 - around } }, false);
    expectRefusal(tooLarge, 2 * mebi + 1, 2 * mebi, 'characters in its response');
  });
});

describe('introspection', () => {
  const limitOf = (query: string): number | GraphQLError => {
    const schema = buildSchema('type Query { field: String }');
    const document = toExecutable(parse(query));
    return compileCostLimit(
      { schema, document, operation: getOperationAST(document.ast)!, settings, room: roomForPlans(query.length) },
      10,
    )({}, true);
  };

  it('is refused beyond 512 Ki characters, and not at them', () => {
    // Its key, null, and their punctuation.
    const alias = 'a'.repeat(512 * 1024 - 11);
    expect(limitOf(`{ ${alias}: __type(name: "") { name } }`)).toBe(0);
    expectRefusal(
      limitOf(`{ ${alias}a: __type(name: "") { name } }`),
      512 * 1024 + 1,
      512 * 1024,
      'characters of introspection',
    );
  });

  it('is refused whatever else an answer may have', () => {
    const aliases = (count: number): string =>
      `{ ${Array.from({ length: count }, (_, index) => `a${index}: __schema { types { name description } }`).join(' ')} }`;
    expect(limitOf(aliases(50))).toBe(0);
    const refusal = limitOf(aliases(1_000)) as GraphQLError;
    expect(refusal).toBeInstanceOf(GraphQLError);
    expect(refusal.message).toMatch(
      /^The operation may need \d+ characters of introspection, but at most 524288 are allowed/,
    );
    expect(refusal.extensions).toMatchObject({ code: 'COST_LIMIT_EXCEEDED', budget: 512 * 1024 });
  });
});

describe('an error while the cost is worked out', () => {
  const failing = (error: Error): CostDeclaration => ({
    cost: () => {
      throw error;
    },
    references: () => 0,
  });

  it("is the operation's refusal where it is a client's", () => {
    const error = new GraphQLError('no');
    expect(limit(failing(error))).toBe(error);
  });

  it('is thrown where it is a bug', () => {
    const bug = new TypeError('a bug');
    expect(() => limit(failing(bug))).toThrow(bug);
  });
});
