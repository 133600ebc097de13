import {
  GraphQLEnumType,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  print,
  type GraphQLFieldConfigMap,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
} from 'graphql';

/** Chooses one of so many ways for what happens at a place of the response; always the same for the same place. */
export type Choose = (place: string, ways: number) => number;

export interface Context {
  readonly choose: Choose;
  /** What resolvers were asked for, in the order in which they were. */
  readonly asked: string[];
}

/** Ways in which a resolver may come out; the last is a value. */
export const ways = 12;

/** What a resolver may come to: now or later, a value, nothing, or a failure. `make` gives the value. */
function outcome(way: number, place: string, make: () => unknown): unknown {
  switch (way) {
    case 0:
      return null;
    case 1:
      return undefined;
    case 2:
      throw new Error(`thrown at ${place}`);
    case 3:
      return new Error(`given at ${place}`);
    case 4:
      return Promise.reject(new Error(`rejected at ${place}`));
    case 5:
      return Promise.resolve(null);
    case 6:
    case 7:
      return Promise.resolve().then(make);
    default:
      return make();
  }
}

function placeOf(path: { readonly prev: unknown; readonly key: string | number; readonly typename: unknown }): string {
  const before = path.prev ? placeOf(path.prev as typeof path) : '';
  return `${before}/${path.key}:${String(path.typename)}`;
}

/** All that a resolver is told, but for its path. */
const toTexts = (info: GraphQLResolveInfo): object => ({
  field: `${info.parentType.name}.${info.fieldName}: ${String(info.returnType)}`,
  nodes: info.fieldNodes.map((node) => print(node)),
  fragments: Object.keys(info.fragments),
  operation: info.operation.operation,
  variables: info.variableValues,
  rootValue: String(info.rootValue),
  schema: info.schema === schema,
});

const resolveBy =
  (make: (place: string, context: Context, args: object) => unknown): GraphQLFieldResolver<unknown, Context> =>
  (_source, args, context, info) => {
    const place = placeOf(info.path);
    context.asked.push(JSON.stringify({ place, args, ...toTexts(info) }));
    return outcome(context.choose(place, ways), place, () => make(place, context, args));
  };

const isLeaf = (place: string, { choose }: Context): boolean => choose(`${place} type`, 2) === 0;

/** A property may be anything too, and a leaf cannot be serialized from all. */
const properties: readonly unknown[] = ['text', 7, '', 0, true, null, undefined, { not: 'a leaf' }];

const newNode = (place: string, { choose }: Context): object => ({
  text: properties[choose(`${place} text`, properties.length)],
  number: properties[choose(`${place} number`, properties.length)],
  color: ['RED', 'green', 1, null][choose(`${place} color`, 4)],
});

const list = (place: string, context: Context, make: (place: string) => unknown): unknown[] =>
  Array.from({ length: context.choose(`${place} length`, 4) }, (_, index) => {
    const item = `${place}/${index}`;
    const way = context.choose(item, ways);
    // In a list nothing is thrown, but a promise and an Error stand for a failure.
    return outcome(way === 2 ? 3 : way, item, () => make(item));
  });

const Color = new GraphQLEnumType({
  name: 'Color',
  values: { RED: {}, GREEN: { value: 'green' }, BLUE: { value: 1 } },
});
const In: GraphQLInputObjectType = new GraphQLInputObjectType({
  name: 'In',
  fields: () => ({
    text: { type: GraphQLString, defaultValue: 'default' },
    list: { type: new GraphQLList(GraphQLInt) },
    number: { type: required(GraphQLInt), defaultValue: 4 },
    below: { type: In },
  }),
});
const required = <T extends GraphQLOutputType>(type: T): GraphQLNonNull<T> => new GraphQLNonNull(type as never);

const Named: GraphQLInterfaceType = new GraphQLInterfaceType({
  name: 'Named',
  fields: () => ({ text: { type: GraphQLString }, child: { type: Node } }),
  resolveType: (_value, context: Context, { path }) => {
    const place = placeOf(path);
    const name = isLeaf(place, context) ? 'Leaf' : 'Node';
    return context.choose(`${place} later`, 3) === 0 ? Promise.resolve(name) : name;
  },
});

const child = { type: {} as GraphQLOutputType, resolve: resolveBy(newNode) };
const Leaf = new GraphQLObjectType({
  name: 'Leaf',
  interfaces: [Named],
  fields: (): GraphQLFieldConfigMap<unknown, Context> => ({
    text: { type: GraphQLString },
    child: { ...child, type: Node },
    color: { type: Color },
  }),
});
const Either = new GraphQLUnionType({ name: 'Either', types: () => [Node, Leaf], resolveType: Named.resolveType! });

const fields = (): GraphQLFieldConfigMap<unknown, Context> => ({
  text: { type: GraphQLString },
  number: { type: required(GraphQLInt) },
  color: { type: Color },
  resolved: { type: GraphQLString, resolve: resolveBy((place) => place) },
  resolvedRequired: { type: required(GraphQLString), resolve: resolveBy((place) => place) },
  child: { ...child, type: Node },
  childRequired: { ...child, type: required(Node) },
  named: { ...child, type: Named },
  either: { ...child, type: required(Either) },
  texts: {
    type: new GraphQLList(required(GraphQLString)),
    resolve: resolveBy((place, context) => list(place, context, (item) => item)),
  },
  nodes: {
    type: new GraphQLList(Node),
    resolve: resolveBy((place, context) => list(place, context, (item) => newNode(item, context))),
  },
  nodesRequired: {
    type: required(new GraphQLList(required(Node))),
    resolve: resolveBy((place, context) => list(place, context, (item) => newNode(item, context))),
  },
  grid: {
    type: new GraphQLList(new GraphQLList(required(Either))),
    resolve: resolveBy((place, context) =>
      list(place, context, (line) => list(line, context, (item) => newNode(item, context))),
    ),
  },
  notAList: { type: new GraphQLList(GraphQLString), resolve: resolveBy(() => 'text') },
  withArguments: {
    type: GraphQLString,
    args: { number: { type: GraphQLInt, defaultValue: 3 }, color: { type: Color }, input: { type: In } },
    resolve: resolveBy((_place, _context, args) => JSON.stringify(args)),
  },
});

const Node: GraphQLObjectType = new GraphQLObjectType({ name: 'Node', interfaces: [Named], fields });

/** Object types, lists, interfaces, unions, all of them nullable and not. What its resolvers come to is chosen by a context. */
export const schema = new GraphQLSchema({
  query: new GraphQLObjectType({ name: 'Query', fields }),
  mutation: new GraphQLObjectType({
    name: 'Mutation',
    fields: () => ({
      first: { ...child, type: Node },
      second: { ...child, type: required(Node) },
      third: { type: GraphQLString, resolve: resolveBy((place) => place) },
    }),
  }),
  types: [Leaf],
});
