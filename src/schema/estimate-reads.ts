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

  function ofHosts(nodes: readonly FieldNode[], hosts: number): number {
    return sum(below('Host', nodes, 'ports'), (ports) => ofPorts(ports, hosts));
  }

  function ofPorts(nodes: readonly FieldNode[], hosts: number): number {
    const { page } = argumentsOf('Host', nodes) as { page?: { limit?: number | null } | null };
    const limit = page?.limit ?? 10;
    if (limit < 1 || limit > maxPageLimit) return 0;
    const rows = below('OpenPortPage', nodes, 'nodes');
    if (rows.length === 0) return hosts;
    return hosts * Math.ceil(limit / mostRows) + sum(rows, (row) => ofRows(row, hosts));
  }

  /** The host of a row is the host that was asked for. */
  function ofRows(nodes: readonly FieldNode[], hosts: number): number {
    return sum(below('OpenPort', nodes, 'host'), (host) => ofHosts(host, hosts));
  }

  function ofEntities(nodes: readonly FieldNode[]): number {
    const { representations } = argumentsOf('Query', nodes);
    const given = (Array.isArray(representations) ? representations : []) as { __typename?: unknown; id?: unknown }[];
    const idsOf = (typeName: string): string[] =>
      given.filter((item) => item.__typename === typeName).map(({ id }) => String(id));
    const keys = [...new Set(idsOf('OpenPort'))].map(readOpenPortId).filter((key) => key !== null);
    return (
      ofHosts(nodes, countDistinct(idsOf('Host'))) +
      ofRows(nodes, countDistinct(keys.map(({ hostId }) => hostId))) +
      mostReadsOf(keys)
    );
  }

  function ofRootField(nodes: readonly FieldNode[]): number {
    const args = (): Arguments => argumentsOf(rootType, nodes);
    switch (nodes[0]?.name.value) {
      case 'host':
        return ofHosts(nodes, 1);
      case 'hosts':
        return ofHosts(nodes, countDistinct((args().ids ?? []) as string[]));
      case '_entities':
        return ofEntities(nodes);
      case 'setPortIgnore':
        return sum(below('SetPortIgnorePayload', nodes, 'results'), (results) =>
          sum(below('SetPortIgnoreResult', results, 'host'), (host) => ofHosts(host, countTargetHosts(args().input))),
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
