import {
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type FragmentDefinitionNode,
  type GraphQLAbstractType,
  type GraphQLField,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { compileArguments, type ReadArguments } from './arguments.ts';
import { oncePerField, type FieldNodes, type Selection } from './selection.ts';

/** Everything about the execution of an operation that is known before it begins. */
export interface OperationPlan {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Record<string, FragmentDefinitionNode>;
  readonly root: ObjectPlan;
}

/** What is selected on an object of one type. */
export interface ObjectPlan {
  readonly fields: readonly FieldPlan[];
  /** Constructs an object of the response. */
  readonly Data: DataConstructor;
}

export type Data = Record<string, unknown>;
type DataConstructor = new () => Data;

export interface FieldPlan {
  /** Its name in the response. */
  readonly key: string;
  readonly nodes: FieldNodes;
  readonly parentType: GraphQLObjectType;
  readonly definition: GraphQLField<unknown, unknown>;
  readonly readArguments: ReadArguments;
  readonly value: ValuePlan;
}

/** How to turn what a resolver returns into a value of the response. */
export type ValuePlan = { readonly isRequired: boolean } & (
  | { readonly kind: 'leaf'; readonly type: GraphQLLeafType }
  | { readonly kind: 'object'; readonly object: ObjectPlan }
  | AbstractPlan
  | { readonly kind: 'list'; readonly item: ValuePlan }
);

export interface AbstractPlan {
  readonly kind: 'abstract';
  readonly type: GraphQLAbstractType;
  /** By the names of its possible types. */
  readonly objects: ReadonlyMap<string, ObjectPlan>;
}

export function planOperation(
  schema: GraphQLSchema,
  selection: Selection,
  operation: OperationDefinitionNode,
): OperationPlan {
  const constructors = new Map<string, DataConstructor>();
  const planBelow = oncePerField((type, nodes) => planObject(type, selection.below(type, nodes)));

  function planObject(type: GraphQLObjectType, selected: readonly FieldNodes[]): ObjectPlan {
    const fields = selected.flatMap((nodes) => planField(type, nodes) ?? []);
    return { fields, Data: constructorOf(fields.map(({ key }) => key)) };
  }

  function constructorOf(keys: readonly string[]): DataConstructor {
    const names = keys.join();
    const Data = constructors.get(names) ?? createConstructor(keys);
    constructors.set(names, Data);
    return Data;
  }

  function planField(parentType: GraphQLObjectType, nodes: FieldNodes): FieldPlan | null {
    const [{ alias, name }] = nodes;
    const definition = findField(schema, parentType, name.value);
    if (!definition) return null;
    return {
      key: (alias ?? name).value,
      nodes,
      parentType,
      definition,
      readArguments: compileArguments(definition, nodes[0]),
      value: planValue(definition.type, nodes),
    };
  }

  function planValue(type: GraphQLOutputType, nodes: FieldNodes, isRequired = false): ValuePlan {
    if (isNonNullType(type)) return planValue(type.ofType, nodes, true);
    if (isListType(type)) return { kind: 'list', isRequired, item: planValue(type.ofType, nodes) };
    if (isLeafType(type)) return { kind: 'leaf', isRequired, type };
    if (isObjectType(type)) return { kind: 'object', isRequired, object: planBelow(type, nodes) };
    const possible = schema.getPossibleTypes(type);
    const objects = new Map(possible.map((one) => [one.name, planBelow(one, nodes)]));
    return { kind: 'abstract', isRequired, type, objects };
  }

  const rootType = schema.getRootType(operation.operation) as GraphQLObjectType;
  const root = planObject(rootType, selection.root(rootType, operation.selectionSet));
  return { schema, operation, fragments: selection.fragments, root };
}

/**
 * A constructor of ordinary objects with these keys. V8 sizes the objects of one constructor to fit; others grow key by
 * key and leave their outgrown storage behind. A row of a long list takes three quarters of the time with it, a third
 * on Node 24 (docs/decisions/0007).
 */
function createConstructor(keys: readonly string[]): DataConstructor {
  function Data(): void {
    // The keys are added as their values arrive.
  }
  // A key `__proto__` would set the prototype of an ordinary object.
  Data.prototype = (keys.includes('__proto__') ? Object.create(null) : Object.prototype) as object;
  return Data as unknown as DataConstructor;
}

function findField(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  name: string,
): GraphQLField<unknown, unknown> | undefined {
  if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
  const ofSchema = type === schema.getQueryType() ? [SchemaMetaFieldDef, TypeMetaFieldDef] : [];
  return ofSchema.find((field) => field.name === name) ?? type.getFields()[name];
}
