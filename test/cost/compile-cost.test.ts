import { GraphQLError, buildSchema, getIntrospectionQuery, getOperationAST, graphqlSync, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { toExecutable } from '../../src/execution/document.ts';
import { roomForPlans } from '../../src/execution/selection.ts';
import { compileCost, maxReferences, type CostOf } from '../../src/cost/compile-cost.ts';
import { maxIntrospection } from '../../src/cost/introspection-size.ts';
import { envelopeSize, indexSize, punctuation, sizeOfError } from '../../src/cost/response-size.ts';
import type { CostContext, CostDeclaration } from '../../src/schema/field-cost.ts';

const settings = { maxPageLimit: 1_000, maxWholeListRows: 2_000, enterpriseProjectId: null };

const sdl = `
  type Query {
    int: Int
    float: Float
    flag: Boolean
    text: String
    id: ID
    colour: Colour
    named(text: String, other: String): String
    thing: Thing
    things(ids: [ID!]!): [Thing]!
    nodes(ids: [ID!]): [Node]!
    risky: Int
    riskyThings: [Thing]
    call: Thing
    page(limit: Int = 10, sizes: [Int!]): Page
  }
  type Mutation { change(ids: [ID!]!): Thing  other: Int }
  type Thing { a: Int  risky: Int  sized(length: Int): String  read: Page  thing: Thing  things: [Thing!] }
  type Other { text: String  risky: Int  worse: [Int!]  read: Page }
  type Page { total: Int  rows: [Thing!]  info: Info }
  type Info { cursor: String  more: Boolean }
  enum Colour { RED ULTRAMARINE }
  union Node = Thing | Other
`;

type Declarations = Readonly<Record<string, CostDeclaration>>;

const ids = ({ ids = [] }: { ids?: readonly string[] }): readonly string[] => ids;

/** What the fields of the tests' schema declare, where a test says nothing else. */
const usual: Declarations = {
  'Query.named': { cost: ({ text }: { text?: string }) => ({ characters: text?.length ?? 1_000 }) },
  'Query.things': { references: (args) => ids(args).length, cost: (args) => ({ items: ids(args).length }) },
  'Query.nodes': {
    references: (args) => 2 * ids(args).length,
    cost: () => ({ items: 5, distinct: { Thing: 3, Other: 2 } }),
  },
  'Query.risky': { mayFail: true },
  'Query.riskyThings': { mayFail: true, cost: { items: 10 } },
  'Query.call': { calls: true, cost: { reads: 1 } },
  'Query.page': {
    cost: ({ limit }: { limit?: number }, { selects }) => ({
      reads: selects('rows') ? 2 : 1,
      below: { rows: { items: limit ?? 1_000 } },
    }),
  },
  'Mutation.change': { cost: (args) => ({ writes: ids(args).length }) },
  'Thing.risky': { mayFail: true },
  'Thing.sized': { cost: ({ length = 0 }: { length?: number }) => ({ characters: length }) },
  'Thing.read': { cost: { reads: 1 } },
  'Thing.things': { cost: { items: 4 } },
  'Other.risky': { mayFail: true },
  'Other.worse': { mayFail: true, cost: { items: 3 } },
  'Other.read': { cost: { reads: 10 } },
  'Page.rows': { cost: { items: 100, characters: 7 } },
};

function compile(query: string, declarations: Declarations = {}): CostOf {
  const schema = buildSchema(sdl);
  for (const [name, cost] of Object.entries({ ...usual, ...declarations })) {
    const [type, field] = name.split('.') as [string, string];
    const types = schema.getTypeMap() as Record<string, { getFields(): Record<string, { extensions: object }> }>;
    types[type]!.getFields()[field]!.extensions = { cost };
  }
  const document = toExecutable(parse(query));
  return compileCost({
    schema,
    document,
    operation: getOperationAST(document.ast)!,
    settings,
    room: roomForPlans(query.length),
  });
}

const costOf = (query: string, variables = {}, hasToken = true) => compile(query)(variables, hasToken);
/** Without what stands around the root fields. */
const charactersOf = (query: string, variables = {}, hasToken = true): number =>
  costOf(query, variables, hasToken).characters - envelopeSize;

/** Key and value, each with its punctuation. */
const field = (key: string, value: number): number => key.length + punctuation + punctuation + value;
const int = 11;
const text = 130;

describe('the characters of a field', () => {
  it.each([
    ['int', int],
    ['float', int],
    ['flag', int],
    ['text', text],
    ['id', text],
    ['colour', '"ULTRAMARINE"'.length],
  ])('are those of its key and of its type: %s', (name, size) => {
    expect(charactersOf(`{ ${name} }`)).toBe(field(name, size));
  });

  it('are those of the name that the client gives it', () => {
    expect(charactersOf('{ anyOtherName: int }')).toBe(field('anyOtherName', int));
  });

  it('are the name of its object where it asks for that', () => {
    expect(charactersOf('{ __typename }')).toBe(field('__typename', 'Query'.length));
    expect(charactersOf('{ name: __typename }')).toBe(field('name', 'Query'.length));
  });

  it('go by its arguments, whether they stand in the document or come as variables', () => {
    expect(charactersOf('{ named(text: "four") }')).toBe(field('named', 4));
    const costOf = compile('query ($text: String) { named(other: "x", text: $text) }');
    const sizes = ['four', 'fourteen'].map((given) => costOf({ text: given }, true).characters - envelopeSize);
    expect(sizes).toEqual([field('named', 4), field('named', 8)]);
  });

  it('are those of a field without arguments where execution will refuse its arguments', () => {
    expect(charactersOf('{ named(text: 7) }')).toBe(field('named', 1_000));
    expect(charactersOf('query ($text: String) { named(text: [$text]) }', { text: 'x' })).toBe(field('named', 1_000));
  });

  it('are those of all that is selected below it', () => {
    expect(charactersOf('{ thing { a again: a } int }')).toBe(
      field('thing', field('a', int) + field('again', int)) + field('int', int),
    );
  });

  it('are as many times those of an item as the list is long', () => {
    const key = 'things'.length + punctuation;
    const item = punctuation + field('a', int);
    expect(charactersOf('{ things(ids: ["x", "y", "z"]) { a } }')).toBe(key + 3 * item);
    expect(charactersOf('{ things(ids: []) { a } }')).toBe(key);
  });

  it('are those of the largest type of a union', () => {
    const query = (fields: string): string => `{ nodes(ids: []) { ${fields} } }`;
    const largest = 'nodes'.length + punctuation + 5 * (punctuation + field('text', text));
    expect(charactersOf(query('... on Thing { a } ... on Other { text }'))).toBe(largest);
    expect(charactersOf(query('... on Other { text }'))).toBe(largest);
  });

  it('are twice those of a fragment that is spread in two places', () => {
    const query = '{ one: thing { ...F } two: thing { ...F } } fragment F on Thing { a }';
    expect(charactersOf(query)).toBe(2 * field('one', field('a', int)));
  });

  it('are those of its own selection, beside fields of the same type', () => {
    expect(charactersOf('{ one: thing { a } two: thing { a again: a } }')).toBe(
      field('one', field('a', int)) + field('two', field('a', int) + field('again', int)),
    );
  });

  it.each([
    ['a field', 'thing', (below: number) => field('thing', below)],
    ['one type of a union', 'nodes(ids: []) { ... on Other { text } ... on Thing', null],
  ])('go by the variables of a field below %s', (_what, above, around) => {
    const costOf = compile(`query ($length: Int) { ${above} { sized(length: $length) } ${around ? '' : '}'} }`);
    const of = (length: number): number => costOf({ length }, true).characters - envelopeSize;
    if (around) expect(of(500)).toBe(around(field('sized', 500)));
    else expect(of(500)).toBe('nodes'.length + punctuation + 5 * (punctuation + field('sized', 500)));
    expect(of(600)).toBeGreaterThan(of(500));
  });

  it('are counted once for what stands in several places of one field', () => {
    expect(charactersOf('{ thing { a } ... { thing { a ...F } } } fragment F on Thing { a }')).toBe(
      field('thing', field('a', int)),
    );
  });
});

describe('a field that may fail', () => {
  it('has room for an error, with its location and its path', () => {
    expect(costOf('{ risky }')).toMatchObject({ failures: 1 });
    expect(charactersOf('{ risky }')).toBe(field('risky', int) + sizeOfError(1) + 'risky'.length + punctuation);
  });

  it('has a location for each place in which it stands', () => {
    const more = charactersOf('{ risky ...F } fragment F on Query { risky }') - charactersOf('{ risky }');
    expect(more).toBe(sizeOfError(2) - sizeOfError(1));
    expect(more).toBeGreaterThan('{"line":12345,"column":12345},'.length);
  });

  it('may fail in each item of its list, whose paths have an index', () => {
    const key = 'riskyThings'.length + punctuation;
    const item = punctuation + sizeOfError(1) + field('a', int);
    expect(costOf('{ riskyThings { a } }').failures).toBe(10);
    expect(charactersOf('{ riskyThings { a } }')).toBe(key + 10 * item + 10 * (key + indexSize));
  });

  it('adds to the paths of the fields below it that may fail, too', () => {
    const key = 'riskyThings'.length + punctuation;
    const below = 'risky'.length + punctuation;
    const item = punctuation + sizeOfError(1) + field('risky', int) + sizeOfError(1) + below;
    expect(costOf('{ riskyThings { risky } }').failures).toBe(20);
    expect(charactersOf('{ riskyThings { risky } }')).toBe(key + 10 * item + 20 * (key + indexSize));
  });

  it('fails as often as the type of a union that fails most', () => {
    const query = '{ nodes(ids: []) { ... on Thing { risky } ... on Other { risky other: risky } } }';
    expect(costOf(query).failures).toBe(5 * 2);
    expect(costOf('{ nodes(ids: []) { ... on Other { worse } ... on Thing { risky } } }').failures).toBe(5 * 3);
  });
});

describe('the calls of a field', () => {
  it('are its own and those of each distinct item below', () => {
    expect(costOf('{ call { read { total } } }').reads).toBe(2);
    expect(costOf('{ thing { read { total } again: read { total } } }').reads).toBe(2);
    // One thing, however often.
    expect(costOf('{ things(ids: ["x", "x"]) { read { total } } }').reads).toBe(1);
  });

  it('are those of the distinct items of each type of a union', () => {
    expect(costOf('{ nodes(ids: []) { ... on Thing { read { total } } } }').reads).toBe(3);
    expect(costOf('{ nodes(ids: []) { ... on Other { read { total } } ... on Thing { read { total } } } }').reads).toBe(
      2 * 10 + 3,
    );
  });

  it('are none below a type of which no item is declared', () => {
    const costOf = compile('{ nodes(ids: []) { ... on Other { read { total } } } }', {
      'Query.nodes': { cost: { items: 5, distinct: { Thing: 3 } } },
    });
    expect(costOf({}, true).reads).toBe(0);
  });

  it('may go by what is selected below, at any depth, in fragments, or under another name', () => {
    const selects = (fields: string, ...paths: string[]): boolean => {
      let answer: boolean | null = null;
      const cost = (_args: object, context: CostContext) => {
        answer = context.selects(...paths);
        return {};
      };
      compile(`{ page { ${fields} } } fragment F on Page { info { cursor } }`, { 'Query.page': { cost } })({}, true);
      return answer!;
    };
    expect(selects('total', 'total')).toBe(true);
    expect(selects('other: total', 'total')).toBe(true);
    expect(selects('total', 'rows')).toBe(false);
    expect(selects('total', 'rows', 'total')).toBe(true);
    expect(selects('info { more }', 'info')).toBe(true);
    expect(selects('info { more }', 'info.cursor')).toBe(false);
    expect(selects('...F info { more }', 'info.cursor')).toBe(true);
    expect(selects('info { cursor @skip(if: true) more }', 'info.cursor')).toBe(false);
    expect(selects('rows { a } info { more }', 'info.cursor', 'rows.read')).toBe(false);
    expect(selects('total', 'total.cursor')).toBe(false);
    expect(selects('__typename', '__typename.cursor')).toBe(false);
  });

  it('may go by the settings', () => {
    const costOf = compile('{ int }', {
      'Query.int': { cost: (_args, context) => ({ reads: context.settings.maxPageLimit }) },
    });
    expect(costOf({}, true).reads).toBe(1_000);
  });

  it('that write are its own alone', () => {
    const query = 'mutation ($ids: [ID!]!) { change(ids: $ids) { a } other }';
    expect(costOf(query, { ids: ['x', 'y'] })).toMatchObject({ writes: 2, reads: 0 });
    expect(costOf('mutation { a: change(ids: ["x"]) { a } b: change(ids: ["x"]) { a } }').writes).toBe(2);
    expect(costOf('{ int }').writes).toBe(0);
  });
});

describe('what a field says of those below it', () => {
  const rows = (items: number, characters = 7): number =>
    'rows'.length + punctuation + items * (punctuation + characters + field('a', int));

  it('goes before what they say themselves, and leaves the rest to them', () => {
    expect(charactersOf('{ page(limit: 20) { rows { a } } }')).toBe(field('page', rows(20)));
    expect(costOf('{ page(limit: 20) { rows { a } } }').reads).toBe(2);
  });

  it('goes by the variables, and by the default of an argument that is left out', () => {
    const costOf = compile('query ($limit: Int) { page(limit: $limit) { rows { a } } }');
    const sizes = [{ limit: 20 }, { limit: 30 }, {}].map((variables) => costOf(variables, true).characters);
    expect(sizes).toEqual([20, 30, 10].map((limit) => envelopeSize + field('page', rows(limit))));
  });

  it('is of its own selection: the same fragment below two fields is as large as each says', () => {
    const query = '{ one: page(limit: 20) { ...F } two: page(limit: 30) { ...F } } fragment F on Page { rows { a } }';
    expect(charactersOf(query)).toBe(field('one', rows(20)) + field('two', rows(30)));
    const byVariables = `query ($one: Int, $two: Int) ${query.replace('20', '$one').replace('30', '$two')}`;
    expect(charactersOf(byVariables, { one: 40, two: 50 })).toBe(field('one', rows(40)) + field('two', rows(50)));
  });

  it('says nothing of fields two levels below', () => {
    const costOf = compile('{ page(limit: 20) { rows { things { a } } } }', {
      'Query.page': { cost: { below: { things: { items: 50 } } } },
      'Page.rows': { cost: { items: 1 } },
    });
    const things = 'things'.length + punctuation + 4 * (punctuation + field('a', int));
    expect(costOf({}, true).characters - envelopeSize).toBe(field('page', field('rows', things)));
  });
});

describe('an operation without a token', () => {
  it('fails in each field that asks HSS, and has nothing below it', () => {
    const { reads, failures, characters } = costOf('{ call { read { total } thing { risky } } int }', {}, false);
    expect({ reads: 0, failures }).toEqual({ reads: 0, failures: 1 });
    expect(reads).toBe(1);
    const call = field('call', 0) + sizeOfError(1) + 'call'.length + punctuation;
    expect(characters - envelopeSize).toBe(call + field('int', int));
  });

  it('is told apart from the same one with a token, in whatever order they come', () => {
    const costOf = compile('{ call { a } }');
    const failures = [true, false, true, false].map((hasToken) => costOf({}, hasToken).failures);
    expect(failures).toEqual([0, 1, 0, 1]);
  });
});

describe('hosts and ports in lists', () => {
  it('are counted as often as they are named, in all fields', () => {
    expect(costOf('{ things(ids: ["x", "x"]) { a } int }').references).toBe(2);
    const query =
      'query ($ids: [ID!]!) { things(ids: $ids) { a } more: things(ids: ["x"]) { a } nodes(ids: $ids) { __typename } }';
    expect(costOf(query, { ids: ['x', 'y', 'z'] }).references).toBe(3 + 1 + 2 * 3);
    expect(costOf('{ int }').references).toBe(0);
  });

  it('that are too many are all that is looked at', () => {
    const costOf = compile('query ($ids: [ID!]!) { things(ids: $ids) { read { total } risky } }');
    const of = (count: number) => costOf({ ids: Array.from({ length: count }, () => 'x') }, true);
    expect(of(maxReferences)).toMatchObject({ references: maxReferences, reads: 1, failures: maxReferences });
    expect(of(maxReferences + 1)).toEqual({
      references: maxReferences + 1,
      ...{ reads: 0, pages: 0, writes: 0, failures: 0, introspection: 0 },
      characters: envelopeSize,
    });
  });
});

describe('conditions', () => {
  it('decide what is counted, each combination for itself', () => {
    const costOf = compile(
      'query ($a: Boolean!, $b: Boolean!) { int @include(if: $a) text @skip(if: $b) risky @include(if: $b) }',
    );
    const of = (a: boolean, b: boolean): number => costOf({ a, b }, true).characters - envelopeSize;
    const risky = charactersOf('{ risky }');
    const sizes = [of(true, true), of(true, false), of(false, true), of(false, false), of(true, true)];
    const [withInt, withText] = [field('int', int), field('text', text)];
    expect(sizes).toEqual([withInt + risky, withInt + withText, risky, withText, withInt + risky]);
  });

  it('that nothing decides are the error that execution would find', () => {
    const costOf = compile('query ($a: Boolean = true) { int @include(if: $a) }');
    expect(costOf({ a: true }, true).characters).toBe(envelopeSize + field('int', int));
    expect(() => costOf({ a: null }, true)).toThrow(GraphQLError);
    expect(() => costOf({}, true)).toThrow(GraphQLError);
  });
});

describe('introspection', () => {
  const answerOf = (query: string, variableValues = {}): number =>
    JSON.stringify(graphqlSync({ schema: buildSchema(sdl), source: query, variableValues }).data).length;

  it.each([
    ['of the schema', getIntrospectionQuery(), {}],
    ['of a type', '{ __type(name: "Thing") { kind fields { name type { name ofType { name } } } } }', {}],
    ['of a type that is not there', '{ __type(name: "None") { name } other: __type(name: "None") { name } }', {}],
    ['by a variable', 'query ($n: String!) { __type(name: $n) { fields { __typename name } } }', { n: 'Query' }],
    ['of nothing but names of types', '{ __schema { a: __typename b: __typename } }', {}],
  ])('%s is no larger than estimated, and no less than a third of it', (_what, query, variables) => {
    const { introspection, characters } = costOf(query, variables);
    const answer = answerOf(query, variables);
    expect(introspection).toBeGreaterThanOrEqual(answer - '{}'.length);
    expect(introspection).toBeLessThanOrEqual(3 * answer);
    expect(characters).toBe(envelopeSize + introspection);
  });

  it('goes by the variables of each time', () => {
    const costOf = compile('query ($n: String!) { __type(name: $n) { fields { name } } }');
    const sizes = ['Query', 'Info'].map((n) => costOf({ n }, true).introspection);
    expect(sizes[0]).toBeGreaterThan(2 * sizes[1]!);
  });

  it('is counted beside other fields', () => {
    const { introspection, characters } = costOf('{ int __type(name: "Info") { name } }');
    expect(introspection).toBeGreaterThan(0);
    expect(characters).toBe(envelopeSize + field('int', int) + introspection);
  });

  it('is none where nothing is asked of the schema', () => {
    expect(costOf('{ int __typename }').introspection).toBe(0);
  });

  it('is looked through up to its bound, and not beyond', () => {
    const query = (length: number): string =>
      `{ ${'a'.repeat(length)}: __type(name: "") { name } b: __type(name: "") { name } }`;
    const [key, value] = [punctuation, 'null'.length + 3];
    // The first field is as large as is allowed, and the key of the second one is not …
    const most = maxIntrospection - key - value;
    expect(costOf(query(most)).introspection).toBe(maxIntrospection + 'b'.length + key);
    expect(costOf(query(most + 1)).introspection).toBe(maxIntrospection + 1);
    // … or the key of the first one is.
    expect(costOf(query(most + value)).introspection).toBe(maxIntrospection + value);
    expect(costOf(query(most + value + 1)).introspection).toBe(maxIntrospection + 1);
  });

  it('is given up soon where it is large', () => {
    const types = '{ types { fields { name type { name } } } }';
    const aliases = Array.from({ length: 2_000 }, (_, index) => `a${index}: __schema ${types}`).join(' ');
    const { introspection } = costOf(`{ ${aliases} }`);
    expect(introspection).toBeGreaterThan(maxIntrospection);
    expect(introspection).toBeLessThan(maxIntrospection + 1_000);
  });
});
