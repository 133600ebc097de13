import process from 'node:process';
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import {
  GraphQLList,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  execute,
  getIntrospectionQuery,
  parse,
  validate,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLError,
  type OperationDefinitionNode,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { createExecutor, type Executor } from '../../src/execution/executor.ts';
import { toExecutable } from '../../src/execution/document.ts';
import { roomForPlans } from '../../src/execution/selection.ts';
import { schema, ways, type Choose, type Context } from './random-schema.ts';

/** FNV-1a, so that each place of a response has its own fate, by the seed. */
function chooseBy(seed: number): Choose {
  return (place, ways) => {
    let hash = 2166136261 ^ seed;
    for (const character of place) hash = Math.imul(hash ^ character.charCodeAt(0), 16777619);
    return (hash >>> 7) % ways;
  };
}

function executorOf(document: DocumentNode, of: GraphQLSchema = schema): Executor {
  const text = document.loc!.source.body;
  // Not of the document itself, which the oracle needs its places of.
  const executable = toExecutable(parse(text));
  const room = roomForPlans(text.length);
  return createExecutor(of, executable, executable.ast.definitions[0] as OperationDefinitionNode, room);
}

/** Values everywhere, and no failures. */
const chooseValues: Choose = (_place, count) => (count === ways ? ways - 1 : 0);

/** Fields without arguments, and those with some, under a name of their own: fields of one name do not conflict. */
const leaves = [
  ...['text', 'color', '__typename'],
  ...['resolved', 'number', 'resolvedRequired', 'texts', 'notAList', 'withArguments'],
  'one: withArguments(number: $n)',
  'two: withArguments(number: null, color: GREEN, input: { list: [1, $n] })',
  'three: withArguments(input: $in, color: $c)',
  'four: withArguments(number: $n, input: { number: $n, text: null, list: 1 })',
  'five: withArguments(color: $c, input: { list: $list, below: { text: $text, below: $in } })',
];

const conditions = ['', '', '', ' @include(if: $yes)', ' @skip(if: $yes)', ' @include(if: $no)', ' @skip(if: true)'];

/** A selection on a type that has all fields; but for the root, where no fragment on Named can be. */
const selectionOf = (depth: number, isRoot = false): fc.Arbitrary<string> => {
  const leaf = fc.tuple(fc.constantFrom(...leaves), fc.constantFrom(...conditions)).map((parts) => parts.join(''));
  if (depth === 0) return leaf;
  const below = fc.array(selectionOf(depth - 1), { minLength: 1, maxLength: 4 }).map((parts) => parts.join(' '));
  const prefix = fc.constantFrom('', 'a', 'b');
  const object = fc
    .tuple(
      prefix,
      fc.constantFrom('child', 'childRequired', 'nodes', 'nodesRequired'),
      fc.constantFrom(...conditions),
      below,
    )
    .map(([alias, name, condition, fields]) => `${alias}${name}: ${name}${condition} { ${fields} }`);
  const abstract = fc
    .tuple(prefix, fc.constantFrom('named', 'either', 'grid'), below)
    .map(
      ([alias, name, fields]) =>
        `${alias}${name}: ${name} { __typename ... on Node { ${fields} } ... on Leaf { text color } }`,
    );
  const spread = fc.constantFrom('...F', '... @include(if: $no) { ...F }', '...G @skip(if: $no)');
  return fc.oneof(
    { arbitrary: leaf, weight: 2 },
    { arbitrary: object, weight: 3 },
    { arbitrary: abstract, weight: 1 },
    ...(isRoot ? [] : [{ arbitrary: spread, weight: 1 }]),
  );
};

const fragments =
  'fragment F on Named { text child: child { text ...G } } fragment G on Named { __typename text ... on Node { number } }';
const head = '($yes: Boolean = true, $no: Boolean!, $n: Int, $in: In, $c: Color, $text: String, $list: [Int])';
const uses =
  'z: withArguments(number: $n, input: $in, color: $c) @include(if: $yes) @skip(if: $no) y: child { ...F ...G } x: withArguments(input: { list: $list, text: $text })';
const queries = fc
  .array(selectionOf(3, true), { minLength: 1, maxLength: 5 })
  .map((selected) => `query Q${head} {\n${selected.join('\n')}\n${uses} } ${fragments}`);

/** Executes a document as often as there are variables, by one executor: nothing of one execution is left to the next. */
async function compare(text: string, seed: number, ...givens: readonly Record<string, unknown>[]): Promise<string[]> {
  const document = parse(text);
  expect(validate(schema, document)).toEqual([]);
  const run = executorOf(document);
  let asked: string[] = [];
  for (const given of givens) asked = await compareOnce(document, run, seed, given);
  return asked;
}

async function compareOnce(
  document: DocumentNode,
  run: Executor,
  seed: number,
  given: Record<string, unknown>,
): Promise<string[]> {
  const oracle: Context = { choose: chooseBy(seed), asked: [] };
  const ours: Context = { choose: chooseBy(seed), asked: [] };
  const expected = await withoutRejections(() =>
    execute({ schema, document, variableValues: given, contextValue: oracle }),
  );
  const result = await run(ours, given);
  // Where a list has failed, what is in it may still go on.
  await setImmediate();
  expect(describeResult(result)).toEqual(describeResult(expected));
  expect(ours.asked.toSorted()).toEqual(oracle.asked.toSorted());
  return ours.asked;
}

/** graphql-js leaves rejections of a list that has failed to nobody; ours are for Vitest to see. */
async function withoutRejections<T>(run: () => T): Promise<Awaited<T>> {
  const listeners = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', () => undefined);
  try {
    const result = await run();
    await setImmediate();
    return result;
  } finally {
    process.removeAllListeners('unhandledRejection');
    for (const listener of listeners) process.on('unhandledRejection', listener);
  }
}

/** Messages of bugs differ, and reach no client. */
function describeResult({ data, errors }: ExecutionResult): unknown {
  const ours = /^(?:thrown|given|rejected|Cannot return null)/;
  return {
    data: JSON.parse(JSON.stringify(data)) as unknown,
    errors: errors?.map(({ message, path, locations }: GraphQLError) => ({
      message: ours.test(message) ? message : 'a bug',
      path,
      locations,
    })),
  };
}

const variables = fc.record(
  {
    yes: fc.boolean(),
    no: fc.boolean(),
    n: fc.constantFrom(null, 5),
    in: fc.constantFrom(null, { text: 'given', list: [1, 2], number: 6 }),
    c: fc.constantFrom(null, 'RED'),
    text: fc.constantFrom(null, 'given'),
    list: fc.constantFrom(null, [7]),
  },
  { requiredKeys: ['no'] },
);

describe('the execution of a plan', () => {
  it('asks the same of resolvers, and has the same data and errors, as that of graphql-js', async () => {
    await fc.assert(
      fc.asyncProperty(queries, fc.integer(), variables, variables, async (text, seed, first, second) => {
        // As they are coerced: with the default.
        await compare(text, seed, { yes: true, ...first }, { yes: true, ...second });
      }),
      { numRuns: 2_000 },
    );
  });

  it('takes the fields of a mutation in turn', async () => {
    const text = 'mutation { a: first { child { child { resolved } } } b: third c: second { resolved } d: third }';
    for (let seed = 0; seed < 200; seed++) {
      const asked = (await compare(text, seed, {})).map((line) => /"place":"\/(\w)/.exec(line)?.[1]);
      expect(asked).toEqual(asked.toSorted());
    }
  });

  it('answers introspection', async () => {
    await compare(getIntrospectionQuery(), 0, {});
    await compare('{ __type(name: "Node") { name fields(includeDeprecated: true) { name type { name } } } }', 0, {});
  });

  it('has a field that is called as the prototype of an object is', async () => {
    const document = parse('{ __proto__: __typename nodes: child { __proto__: text text } }');
    const run = executorOf(document);
    // As JSON: what has set a prototype is not there.
    const { data } = await run({ choose: chooseValues, asked: [] }, {});
    expect(JSON.stringify(data)).toBe('{"__proto__":"Query","nodes":{"__proto__":"text","text":"text"}}');
  });

  it.each([
    ['a type that there is not', 'Nobody'],
    ['a type that is none of the union', 'Other'],
    ['no name', 7],
    ['nothing', undefined],
  ])('fails a union that is given %s', async (_what, name) => {
    const other = new GraphQLObjectType({ name: 'Other', fields: { text: { type: GraphQLString } } });
    const one = new GraphQLObjectType({ name: 'One', fields: { text: { type: GraphQLString } } });
    const union = new GraphQLUnionType({ name: 'Union', types: [one], resolveType: () => name as string });
    const fields = { union: { type: union, resolve: () => ({ text: 'a' }) }, other: { type: other } };
    const query = new GraphQLSchema({ query: new GraphQLObjectType({ name: 'Query', fields }) });
    const document = parse('{ union { __typename } }');
    const run = executorOf(document, query);
    const { data, errors } = await run({}, {});
    expect(data).toEqual({ union: null });
    expect(errors?.map(({ path, message }) => [path, message])).toEqual([
      [['union'], 'The value of Union is of none of its types.'],
    ]);
  });

  it('asks isTypeOf where a union has no resolveType, and fails what is serialized to nothing', async () => {
    const nothing = new GraphQLScalarType({ name: 'Nothing', serialize: () => undefined });
    const one = new GraphQLObjectType({
      name: 'One',
      fields: { text: { type: GraphQLString }, nothing: { type: nothing } },
      isTypeOf: (value) => Promise.resolve(value === 'one'),
    });
    const union = new GraphQLUnionType({ name: 'Union', types: [one] });
    const text = { type: GraphQLString, resolve: () => 'a' };
    const fields = { text, union: { type: union, resolve: () => 'one' }, nothing: { type: nothing, resolve: () => 1 } };
    const query = new GraphQLSchema({ query: new GraphQLObjectType({ name: 'Query', fields }) });
    const document = parse('{ union { __typename } nothing }');
    const run = executorOf(document, query);
    const { data, errors } = await run({}, {});
    expect(data).toEqual({ union: { __typename: 'One' }, nothing: null });
    expect(errors?.map(({ message }) => message)).toEqual(['A value of Nothing is serialized to null or undefined.']);
  });

  it('plans a document anew for each combination of what is skipped', async () => {
    const text = `query (${[0, 1, 2, 3, 4, 5].map((n) => `$v${n}: Boolean!`).join()}) {
      ${[0, 1, 2, 3, 4, 5].map((n) => `f${n}: __typename @include(if: $v${n})`).join(' ')} __typename
    }`;
    const document = parse(text);
    const run = executorOf(document);
    // Twice, as only some are remembered.
    for (let bits = 0; bits < 128; bits++) {
      const on = [0, 1, 2, 3, 4, 5].filter((n) => (bits >> n) & 1);
      const given = Object.fromEntries([0, 1, 2, 3, 4, 5].map((n) => [`v${n}`, on.includes(n)]));
      const { data } = await run({ choose: chooseValues, asked: [] }, given);
      expect(Object.keys(data ?? {})).toEqual([...on.map((n) => `f${n}`), '__typename']);
    }
  });

  it('gives usual objects, with what is selected and nothing else', async () => {
    const document = parse('{ child { text } nodes { text } unknown }');
    const run = executorOf(document);
    const later: Choose = (place, count) =>
      count === ways && place === '/child:Query' ? 6 : chooseValues(place, count);
    const { data } = await run({ choose: later, asked: [] }, {});
    expect(data).toStrictEqual({ child: { text: 'text' }, nodes: [] });
  });

  it.each([
    ['a text for a list', { list: 'text' }, { list: null }, 'Query.list is a list, but its value is not iterable.'],
    ['an object for a list', { list: {} }, { list: null }, 'Query.list is a list, but its value is not iterable.'],
    [
      'null as what a leaf is serialized to',
      { leaf: 1 },
      { leaf: null },
      'A value of Leaf is serialized to null or undefined.',
    ],
  ])('fails a field that is given %s', async (_what, given, expected, message) => {
    const [name] = Object.keys(given);
    const Leaf = new GraphQLScalarType({ name: 'Leaf', serialize: () => null });
    const fields = { list: { type: new GraphQLList(GraphQLString) }, leaf: { type: Leaf } };
    const query = new GraphQLObjectType({ name: 'Query', fields: { query: { type: GraphQLString }, ...fields } });
    const root = new GraphQLObjectType({ name: 'Root', fields: { query: { type: query, resolve: () => given } } });
    const document = parse(`{ query { ${name} } }`);
    const run = executorOf(document, new GraphQLSchema({ query: root }));
    const { data, errors } = await run({}, {});
    expect(data).toEqual({ query: expected });
    expect(errors?.map((error) => [error.message, error.path])).toEqual([[message, ['query', name]]]);
  });

  it('waits for nothing that has a property of the name then', async () => {
    const one = new GraphQLObjectType({ name: 'One', fields: { then: { type: GraphQLString } } });
    const query = new GraphQLObjectType({
      name: 'Query',
      fields: { one: { type: one, resolve: () => ({ then: 'text' }) } },
    });
    const document = parse('{ one { then } }');
    const run = executorOf(document, new GraphQLSchema({ query }));
    expect(await run({}, {})).toEqual({ data: { one: { then: 'text' } } });
  });

  it('has a field of a fragment alone in one place, and in company in another', async () => {
    const document = parse(
      `{ a: child { ...F } b: child { ...F child { color } } } fragment F on Node { child { text } }`,
    );
    const { data } = await executorOf(document)({ choose: chooseValues, asked: [] }, {});
    expect(data).toEqual({ a: { child: { text: 'text' } }, b: { child: { text: 'text', color: 'RED' } } });
  });
});
