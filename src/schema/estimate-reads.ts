import { collectFields, collectSubFields } from '@graphql-tools/utils';
import {
  Kind,
  OperationTypeNode,
  getArgumentValues,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type DocumentNode,
} from 'graphql';
import { mostRows } from '../hss/list-ports.ts';
import { mostReadsOf } from '../loaders/open-port-by-id.ts';
import { readOpenPortId } from '../loaders/open-port-id.ts';

export interface Estimable {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** Coerced. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** The ceiling of `page.limit`: a field beyond it is refused, and reads nothing. */
  readonly maxPageLimit: number;
}

type Arguments = Readonly<Record<string, unknown>>;

/**
 * How many calls of ListPorts an operation may need, from the operation and its variables alone: for each `ports`
 * field ceil(limit / 200), times its hosts; one where no rows are selected. Equal ids count once, and what merging
 * saves beyond that is not foreseen: the operation never needs more, but for retries.
 */
export function estimateReads({ schema, document, operation, variables, maxPageLimit }: Estimable): number {
  const fragments: Record<string, FragmentDefinitionNode> = {};
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  }
  const objectType = (name: string): GraphQLObjectType => schema.getType(name) as GraphQLObjectType;

  /** The selections below some fields of one response name, by response name; `name` picks the fields asked for. */
  function below(typeName: string, nodes: readonly FieldNode[], name: string): FieldNode[][] {
    const { fields } = collectSubFields(schema, fragments, variables, objectType(typeName), [...nodes]);
    return [...fields.values()].filter(([field]) => field?.name.value === name);
  }

  function argumentsOf(typeName: string, [node]: readonly FieldNode[]): Arguments {
    const field = node && objectType(typeName).getFields()[node.name.value];
    if (!field) return {};
    try {
      return getArgumentValues(field, node, variables);
    } catch {
      // Execution refuses the field, and it reads nothing.
      return {};
    }
  }

  const numbers = new Map<FieldNode, number>();
  function numberOf(node: FieldNode): number {
    const number = numbers.get(node) ?? numbers.size;
    numbers.set(node, number);
    return number;
  }

  const counted = new Map<string, number>();
  /** A fragment that is spread in many places, which may lie in each other, is counted once. */
  function once(nodes: readonly FieldNode[], count: () => number): number {
    const key = nodes.map(numberOf).join();
    const reads = counted.get(key) ?? count();
    counted.set(key, reads);
    return reads;
  }

  /** Below the fields that stand for one host. */
  function ofHost(nodes: readonly FieldNode[]): number {
    return once(nodes, () => sum(below('Host', nodes, 'ports'), ofPorts));
  }

  function ofPorts(nodes: readonly FieldNode[]): number {
    const { page } = argumentsOf('Host', nodes) as { page?: { limit?: number | null } | null };
    const limit = page?.limit ?? 10;
    if (limit < 1 || limit > maxPageLimit) return 0;
    const rows = below('OpenPortPage', nodes, 'nodes');
    return rows.length === 0 ? 1 : Math.ceil(limit / mostRows) + sum(rows, ofRows);
  }

  /** The host of a row is the host that was asked for. */
  function ofRows(nodes: readonly FieldNode[]): number {
    return sum(below('OpenPort', nodes, 'host'), ofHost);
  }

  function ofEntities(nodes: readonly FieldNode[]): number {
    const { representations } = argumentsOf('Query', nodes);
    const given = (Array.isArray(representations) ? representations : []) as { __typename?: unknown; id?: unknown }[];
    const idsOf = (typeName: string): string[] =>
      given.filter((item) => item.__typename === typeName).map(({ id }) => String(id));
    const keys = [...new Set(idsOf('OpenPort'))].map(readOpenPortId).filter((key) => key !== null);
    return (
      countDistinct(idsOf('Host')) * ofHost(nodes) +
      countDistinct(keys.map(({ hostId }) => hostId)) * ofRows(nodes) +
      mostReadsOf(keys)
    );
  }

  function ofRootField(nodes: readonly FieldNode[]): number {
    const args = (): Arguments => argumentsOf(rootType, nodes);
    switch (nodes[0]?.name.value) {
      case 'host':
        return ofHost(nodes);
      case 'hosts':
        return countDistinct((args().ids ?? []) as string[]) * ofHost(nodes);
      case '_entities':
        return ofEntities(nodes);
      case 'setPortIgnore':
        return (
          countTargetHosts(args().input) *
          sum(below('SetPortIgnorePayload', nodes, 'results'), (results) =>
            sum(below('SetPortIgnoreResult', results, 'host'), ofHost),
          )
        );
      default:
        return 0;
    }
  }

  const rootType = operation.operation === OperationTypeNode.MUTATION ? 'Mutation' : 'Query';
  const root = collectFields(schema, fragments, variables, objectType(rootType), operation.selectionSet);
  return sum([...root.fields.values()], ofRootField);
}

function countTargetHosts(input: unknown): number {
  const { portIds, ports } = (input ?? {}) as {
    portIds?: string[] | null;
    ports?: { hostId?: string | null }[] | null;
  };
  return countDistinct([
    ...(portIds ?? []).map((id) => readOpenPortId(id)?.hostId),
    ...(ports ?? []).map(({ hostId }) => hostId),
  ]);
}

function countDistinct(ids: readonly (string | null | undefined)[]): number {
  return new Set(ids.filter((id) => id != null && id !== '')).size;
}

function sum<T>(items: readonly T[], reads: (item: T) => number): number {
  return items.reduce((total, item) => total + reads(item), 0);
}
