import type { GraphQLObjectType } from 'graphql';
import { maxRows } from '../hss/list-ports.ts';
import { readsToFind } from '../reads/open-port-by-id.ts';
import { readOpenPortId, type OpenPortIdParts } from '../reads/open-port-id.ts';
import { rowsAskedFor } from '../schema/open-port-page.ts';
import { createCount, nameOf, sum, type Field, type Selection } from './selection.ts';

/**
 * How many calls of ListPorts an operation may need, from the operation and its variables alone: for each `ports`
 * field ceil(limit / 200), times its hosts; one where no rows are selected; one for each port number of a host that is
 * named by `OpenPort.id`. Equal ids count once, and what merging saves beyond that is not foreseen. A `limit` beyond
 * `maxPageLimit` is refused by its field, and reads nothing.
 */
export function estimateReads(selection: Selection, maxPageLimit: number): number {
  const once = createCount<number>();
  const keyOf = rememberKeys();

  const typeOf = (name: string): GraphQLObjectType => selection.schema.getType(name) as GraphQLObjectType;
  const below = (typeName: string, field: Field, name: string): Field[] =>
    selection.below(typeOf(typeName), field).filter((selected) => nameOf(selected) === name);

  /** Below a field that stands for one host. */
  const ofHost = (field: Field): number => once(field, 'Host', () => sum(below('Host', field, 'ports'), ofPorts));

  function ofPorts(field: Field): number {
    const limit = rowsAskedFor(selection.argumentsOf(typeOf('Host'), field), maxPageLimit);
    if (limit === 0) return 0;
    const rows = below('OpenPortPage', field, 'nodes');
    return rows.length === 0 ? 1 : Math.ceil(limit / maxRows) + sum(rows, ofRows);
  }

  /** The host of a row is the host that was asked for. */
  const ofRows = (field: Field): number => sum(below('OpenPort', field, 'host'), ofHost);

  function ofEntities(field: Field, representations: unknown): number {
    const ids = idsOf(representations, 'Host');
    const keys = [...new Set(idsOf(representations, 'OpenPort'))].map(keyOf).filter((key) => key !== null);
    const portHosts = countDistinct(keys.map(({ hostId }) => hostId));
    return countDistinct(ids) * ofHost(field) + portHosts * ofRows(field) + readsToFind(keys);
  }

  function ofResults(field: Field, input: unknown): number {
    const reads = sum(below('SetPortIgnorePayload', field, 'results'), (results) =>
      sum(below('SetPortIgnoreResult', results, 'host'), ofHost),
    );
    return reads === 0 ? 0 : reads * countTargetHosts(input, keyOf);
  }

  return sum(selection.root(), (field) => {
    const args = selection.argumentsOf(selection.rootType, field);
    switch (nameOf(field)) {
      case 'host':
        return ofHost(field);
      case 'hosts':
        return countDistinct((args.ids ?? []) as string[]) * ofHost(field);
      case '_entities':
        return ofEntities(field, args.representations);
      case 'setPortIgnore':
        return ofResults(field, args.input);
      default:
        return 0;
    }
  });
}

type KeyOf = (id: string) => OpenPortIdParts | null;

/** Reads each id once: the same list may stand under a hundred aliases. */
function rememberKeys(): KeyOf {
  const keys = new Map<string, OpenPortIdParts | null>();
  return (id) => {
    if (!keys.has(id)) keys.set(id, readOpenPortId(id));
    return keys.get(id) ?? null;
  };
}

/** Representations are unchecked: whatever has no usable id fails alone, and reads nothing. */
function idsOf(representations: unknown, typeName: string): string[] {
  const given = (Array.isArray(representations) ? representations : []) as { __typename?: unknown; id?: unknown }[];
  return given.flatMap(({ __typename, id }) =>
    __typename === typeName && (typeof id === 'string' || typeof id === 'number') ? [String(id)] : [],
  );
}

function countTargetHosts(input: unknown, keyOf: KeyOf): number {
  const { portIds, ports } = (input ?? {}) as {
    portIds?: string[] | null;
    ports?: { hostId?: string | null }[] | null;
  };
  return countDistinct([
    ...(portIds ?? []).map((id) => keyOf(id)?.hostId),
    ...(ports ?? []).map(({ hostId }) => hostId),
  ]);
}

function countDistinct(ids: readonly (string | null | undefined)[]): number {
  return new Set(ids.filter((id) => id != null && id !== '')).size;
}
