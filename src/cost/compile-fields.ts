import {
  isAbstractType,
  isObjectType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { hasConstantArguments } from '../execution/arguments.ts';
import { oncePerField, type FieldNodes, type Selection, type Variables } from '../execution/selection.ts';
import type { CostContext, CostDeclaration, Extent, FieldCost } from '../schema/field-cost.ts';
import type { Settings } from '../schema/gateway-context.ts';
import { argumentsReader } from './arguments-reader.ts';
import { addCosts, noCost, type Cost } from './cost.ts';
import { factsOf } from './field-facts.ts';
import { introspectionSize, isIntrospection } from './introspection-size.ts';
import { indexSize, punctuation, sizeOfError, sizeOfKey } from './response-size.ts';

/** One evaluation: the variables, and the costs already worked out for them. */
interface Run {
  readonly variables: Variables;
  readonly known: Map<CompiledObject, { readonly below: Below; readonly cost: Cost }>;
}

/** What a field knows about the fields below it. */
type Below = Extent['below'];

/** The fields selected on one object. `fixed` is their cost if neither variables nor the field above affect it. */
interface CompiledObject {
  readonly fixed: Cost | null;
  readonly fields: readonly CompiledField[];
  readonly cost: (run: Run, below: Below) => Cost;
}

interface CompiledField {
  readonly name: string;
  readonly below: readonly CompiledObject[];
  readonly fixed: Cost | null;
  readonly cost: (run: Run, told?: Extent) => Cost;
}

export interface CompileOptions {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly settings: Settings;
  readonly hasToken: boolean;
  readonly selection: Selection;
  readonly rootType: GraphQLObjectType;
}

export interface CompiledFields {
  /** How many hosts and ports the arguments name. Takes negligible time, whatever the variables. */
  readonly references: (variables: Variables) => number;
  /** Without introspection. */
  readonly cost: (variables: Variables) => Cost;
  /** Characters in the response to introspection; counting stops above `maxIntrospection`. */
  readonly introspection: (variables: Variables) => number;
}

export function compileFields(options: CompileOptions): CompiledFields {
  const { schema, operation, settings, hasToken, selection, rootType } = options;
  const references: ((variables: Variables) => number)[] = [];

  const compileObject = oncePerField((type, nodes) =>
    toCompiledObject(selection.below(type, nodes).map((below) => compileField(type, below))),
  );

  function compileField(type: GraphQLObjectType, nodes: FieldNodes): CompiledField {
    const [{ name }] = nodes;
    const keySize = sizeOfKey(nodes);
    const field = type.getFields()[name.value];
    if (!field) {
      const fixed = { ...noCost, characters: keySize + type.name.length + punctuation };
      return { name: name.value, below: [], fixed, cost: () => fixed };
    }

    const { declared, type: named, isList, leafSize } = factsOf(field);
    const isRefused = declared.calls === true && !hasToken;
    const plans = (isRefused ? [] : objectTypesOf(schema, named)).map(
      (objectType) => [objectType.name, compileObject(objectType, nodes)] as const,
    );
    const below = plans.map(([, plan]) => plan);
    const failures = declared.mayFail === true || isRefused ? 1 : 0;
    const itemSize = punctuation + failures * sizeOfError(nodes.length);
    const pathSize = keySize + (isList ? indexSize : 0);
    const ownCost = compileDeclared(declared, field, nodes, below);

    function cost(run: Run, told?: Extent): Cost {
      const declaredHere = typeof ownCost === 'function' ? ownCost(run.variables) : ownCost;
      const extent: FieldCost = told ? { ...declaredHere, ...told } : (declaredHere ?? {});
      const { items = 1, distinct = 1, characters = leafSize } = extent;
      let { reads = 0 } = extent;
      let { pages = reads } = extent;
      let [failuresBelow, charactersBelow] = [0, 0];
      for (const [typeName, plan] of plans) {
        const one = plan.cost(run, extent.below);
        const times = typeof distinct === 'number' ? distinct : (distinct[typeName] ?? 0);
        reads += one.reads * times;
        pages += one.pages * times;
        failuresBelow = Math.max(failuresBelow, one.failures);
        charactersBelow = Math.max(charactersBelow, one.characters);
      }
      const allFailures = items * (failures + failuresBelow);
      return {
        reads,
        pages,
        writes: extent.writes ?? 0,
        failures: allFailures,
        characters: keySize + items * (itemSize + characters + charactersBelow) + allFailures * pathSize,
      };
    }

    const isFixed =
      (typeof ownCost !== 'function' || hasConstantArguments(nodes[0])) && below.every(({ fixed }) => fixed !== null);
    return { name: name.value, below, fixed: isFixed ? cost(createRun({})) : null, cost };
  }

  /** Creates only what a field needs, which for most is nothing: a document has thousands of fields. */
  function compileDeclared(
    { references: count, cost: own }: CostDeclaration,
    field: GraphQLField<unknown, unknown>,
    nodes: FieldNodes,
    below: readonly CompiledObject[],
  ): FieldCost | undefined | ((variables: Variables) => FieldCost) {
    if (!count && typeof own !== 'function') return own;
    const read = argumentsReader(field, nodes);
    if (count) references.push((variables) => count(read(variables)));
    if (typeof own !== 'function') return own;
    const selects: CostContext['selects'] = (...paths) => paths.some((path) => isSelected(below, path.split('.')));
    const context: CostContext = { schema, settings, selects };
    return (variables) => own(read(variables), context);
  }

  const roots = selection.root(rootType, operation.selectionSet);
  const fields = toCompiledObject(
    roots.filter((nodes) => !isIntrospection(nodes)).map((nodes) => compileField(rootType, nodes)),
  );
  const sizeOfIntrospection = (variables: Variables): number => introspectionSize(schema, selection, roots, variables);
  const fixedSize = operation.variableDefinitions?.length ? null : sizeOfIntrospection({});

  return {
    references: (variables) => references.reduce((sum, count) => sum + count(variables), 0),
    cost: (variables) => fields.fixed ?? fields.cost(createRun(variables), undefined),
    introspection: (variables) => fixedSize ?? sizeOfIntrospection(variables),
  };
}

const createRun = (variables: Variables): Run => ({ variables, known: new Map() });

function toCompiledObject(fields: readonly CompiledField[]): CompiledObject {
  const fixed = fields.every((field) => field.fixed !== null)
    ? addCosts(fields, (field) => field.fixed ?? noCost)
    : null;
  const plan: CompiledObject = {
    fixed,
    fields,
    cost(run, below) {
      if (fixed && below === undefined) return fixed;
      const known = run.known.get(plan);
      if (known && known.below === below) return known.cost;
      const cost = addCosts(fields, (field) => {
        const told = below?.[field.name];
        return told === undefined && field.fixed ? field.fixed : field.cost(run, told);
      });
      run.known.set(plan, { below, cost });
      return cost;
    },
  };
  return plan;
}

function objectTypesOf(schema: GraphQLSchema, type: GraphQLNamedType): readonly GraphQLObjectType[] {
  if (isObjectType(type)) return [type];
  return isAbstractType(type) ? schema.getPossibleTypes(type) : [];
}

function isSelected(objects: readonly CompiledObject[], [name, ...path]: readonly string[]): boolean {
  return objects.some(({ fields }) =>
    fields.some((field) => field.name === name && (path.length === 0 || isSelected(field.below, path))),
  );
}
