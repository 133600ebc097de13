import { AnyOf, CursorOf, Failure, Opaque, type Names } from './expectation.ts';
import {
  ignoreKey,
  listRows,
  setIgnored,
  toNode,
  toProtocol,
  totalCap,
  type Hss,
  type HssList,
  type Row,
} from './hss.ts';
import {
  badInput,
  byOrders,
  narrow,
  problemOfFilter,
  readConnection,
  readPage,
  selectsRows,
  type Fields,
  type Window,
} from './list-arguments.ts';
import { isShown, type Field } from './operation.ts';

/** A part of a list that the operation needs. `batch`: reads after a write, or below other rows, are later ones. */
export interface Wanted {
  readonly list: string;
  readonly batch: number;
  readonly offset: number;
  /** As far as the list goes, but one at least; 0: only the total is needed. */
  readonly rows: number;
  /** Before it is known how far the list goes. */
  readonly planned: number;
}

export interface Expected {
  readonly data: Record<string, unknown>;
  readonly errors: Map<string, Readonly<Record<string, unknown>>>;
  /** Paths of fields and items that need HSS, and fail alone if it does. */
  readonly needHss: Set<string>;
  readonly wanted: Wanted[];
  /** Most reads that finding rows by their ids may take. */
  readonly searches: Map<string, number>;
  /** What HSS should have been told, by scope, for each write. */
  readonly writes: { readonly ignore: boolean; readonly scopes: ReadonlyMap<string, ReadonlySet<string>> }[];
}

export interface Knowledge {
  readonly hss: Hss;
  readonly names: Names;
  readonly rowOfCursor: ReadonlyMap<string, number>;
  readonly maxWholeListRows: number;
  /** What became of the call with this target: accepted, or why not. */
  readonly outcomeOf: (key: string) => WriteOutcome;
}

export interface WriteOutcome {
  readonly outcome: 'ACCEPTED' | 'REJECTED' | 'UNKNOWN';
  readonly code?: string;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Args = any;

const readsFor = (rows: number): number => Math.max(1, Math.ceil(rows / 200));

/** What the gateway should answer to an operation, by the contract, from what HSS knows. */
export function expectedOf(operation: readonly Field[], knowledge: Knowledge): Expected {
  const { hss, names, rowOfCursor, maxWholeListRows, outcomeOf } = knowledge;
  const expected: Expected = {
    data: {},
    errors: new Map(),
    needHss: new Set(),
    wanted: [],
    searches: new Map(),
    writes: [],
  };
  let batch = 0;
  let belowRows = 0;
  const lists = new Map<string, ReturnType<typeof listRows>>();

  function rowsOf(list: HssList): ReturnType<typeof listRows> {
    const key = JSON.stringify(list);
    const rows = lists.get(key) ?? listRows(hss, list);
    lists.set(key, rows);
    return rows;
  }

  const hostOf = (id: string, argument = 'id', isBelowRow = false) =>
    id.length < 1 || id.length > 128
      ? badInput(argument)
      : {
          __typename: 'Host',
          id,
          ports: (args: Args, fields: Fields) => page(id, args, readPage(args), fields, isBelowRow),
          portsConnection: (args: Args, fields: Fields) =>
            page(id, args, readConnection(args, rowOfCursor), fields, isBelowRow),
        };

  function page(hostId: string, args: Args, window: Window | Failure, fields: Fields, isBelowRow: boolean) {
    const problem = window instanceof Failure ? window : problemOfFilter(args);
    if (problem) return problem;
    const { offset, limit } = window as Window;
    const { list, filters } = narrow(hostId, args.filter ?? {});
    if (list === null) return pageOf([], 0, 0, offset, limit);
    const listed = rowsOf(list);
    const counted = Math.min(listed.length, totalCap);
    const needsRows = selectsRows(fields);
    const isWhole = filters.length > 0 || (needsRows && args.orderBy?.length > 0);
    const isTooLong = isWhole && counted > maxWholeListRows;
    const rows = isWhole ? counted : Math.min(limit, listed.length - offset);
    expected.wanted.push({
      ...{ list: JSON.stringify(list), offset: isWhole ? 0 : offset },
      batch: isBelowRow ? (belowRows -= 1) : batch,
      rows: isTooLong ? 1 : needsRows || isWhole ? Math.max(1, rows) : 0,
      planned: isWhole ? maxWholeListRows : needsRows ? limit : 0,
    });
    if (!isWhole) return pageOf(listed, listed.length, counted, offset, limit);
    if (isTooLong) return new Failure({ code: 'COST_LIMIT_EXCEEDED', estimate: counted, budget: maxWholeListRows });
    const shown = listed.filter((row) => row !== null).filter((row) => filters.every((filter) => filter(row)));
    const ordered = shown.toSorted(byOrders(args.orderBy ?? []));
    return pageOf(ordered, ordered.length, filters.length > 0 ? ordered.length : counted, offset, limit);
  }

  function pageOf(listed: readonly (Row | null)[], length: number, totalCount: number, offset: number, limit: number) {
    const end = offset + limit;
    const shown = listed.slice(offset, end).flatMap((row, index) => (row ? [{ row, number: offset + index }] : []));
    const last = shown.at(-1);
    // Where HSS no longer counts, a full page means that more may follow.
    const hasNextPage = length > end || (length === end && totalCount === totalCap ? new AnyOf([true, false]) : false);
    // The last cursor may go past rows that are not shown.
    const lastCursor = new CursorOf(last?.number ?? offset, Math.max(offset, end - 1));
    const cursorOf = (one: typeof last) => (one === last || !one ? lastCursor : new CursorOf(one.number, one.number));
    const hasPreviousPage = offset > 0 && totalCount > 0;
    return {
      nodes: shown.map(({ row }) => toNode(row, hostBelow)),
      edges: shown.map((one) => ({ node: toNode(one.row, hostBelow), cursor: cursorOf(one) })),
      ...{ totalCount, limit, offset, hasNextPage, hasPreviousPage },
      pageInfo: {
        ...{ hasNextPage, hasPreviousPage },
        startCursor: last ? cursorOf(shown[0]) : null,
        endCursor: last || hasNextPage === true ? lastCursor : null,
      },
    };
  }

  const hostBelow = (id: string) => hostOf(id, 'id', true);

  function openPortOf(id: string, argument: string) {
    const meaning = names.meaningOf(id);
    if (meaning === null) return badInput(argument);
    const [list, parts, word] = JSON.parse(meaning) as [HssList, Row, string | null];
    const all = rowsOf(list);
    const port = parts.port !== null && parts.port >= 1 && parts.port <= 65_535 ? parts.port : null;
    const narrowest = { ...list, port, protocol: toProtocol(word) };
    expected.searches.set(JSON.stringify(list), readsFor(all.length));
    expected.searches.set(JSON.stringify([narrowest]), readsFor(rowsOf(narrowest).length));
    const row = all.find((found) => found?.identity === meaning);
    return row ? { ...toNode(row, hostBelow), __typename: 'OpenPort' } : null;
  }

  function setPortIgnore({ input }: Args) {
    const { ignore, portIds = [], ports = [], category = 'HOST', enterpriseProjectId: named } = input;
    if (portIds.length === 0 && ports.length === 0) return badInput('input');
    const bad = portIds.findIndex((id: string) => names.meaningOf(id) === null);
    if (bad >= 0) return badInput(`input.portIds.${bad}`);
    const noAgent = ports.findIndex(({ agentId }: Args) => agentId === '');
    if (noAgent >= 0) return badInput(`input.ports.${noAgent}.agentId`);
    const targets = [
      ...portIds.map((portId: string) => {
        const [list, parts, word] = JSON.parse(names.meaningOf(portId) as string);
        const scope = { category: list.category, enterpriseProjectId: named ?? list.enterpriseProjectId };
        return { ...parts, protocol: toProtocol(word), portId, scope };
      }),
      ...ports.map((port: Args) => ({
        ...{ containerId: null, hostId: null, portId: null },
        ...{ ...port, scope: { category, enterpriseProjectId: named ?? '0' } },
      })),
    ];
    const scopes = new Map<string, Set<string>>();
    const sent = new Set<string>();
    const results = targets.map((target) => {
      const key = ignoreKey(target);
      const { outcome, code }: WriteOutcome =
        key === null ? { outcome: 'REJECTED', code: 'BAD_USER_INPUT' } : outcomeOf(key);
      if (key !== null && !sent.has(key)) {
        const scope = JSON.stringify(target.scope);
        scopes.set(scope, (scopes.get(scope) ?? new Set()).add(key));
        sent.add(key);
      }
      return {
        ...{ ...target, outcome, key },
        ignoreKey: key === null ? null : new Opaque('ignoreKey', key),
        host: target.hostId === null ? null : hostOf(target.hostId),
        error: outcome === 'ACCEPTED' ? null : { code },
      };
    });
    expected.writes.push({ ignore, scopes });
    for (const [scope, keys] of scopes) {
      const accepted = new Set([...keys].filter((key) => outcomeOf(key).outcome === 'ACCEPTED'));
      setIgnored(hss, accepted, ignore, JSON.parse(scope));
    }
    lists.clear();
    batch += 1;
    const count = (word: string) => results.filter(({ outcome }) => outcome === word).length;
    return {
      ...{ ignore, results },
      ...{ acceptedCount: count('ACCEPTED'), rejectedCount: count('REJECTED'), unknownCount: count('UNKNOWN') },
      hosts: [...new Set(results.flatMap(({ hostId }) => hostId ?? []))].map((id) => hostOf(id)),
    };
  }

  /** As any GraphQL executor, but what may differ stays as it is. */
  function complete(value: unknown, fields: Fields, path: string): unknown {
    if (value instanceof Failure) {
      expected.errors.set(path, value.extensions);
      return null;
    }
    if (Array.isArray(value)) return value.map((item, index) => complete(item, fields, `${path}.${index}`));
    if (value === null || !fields) return value;
    const object: Record<string, unknown> = {};
    for (const field of fields.filter(isShown)) {
      const below = path === '' ? field.key : `${path}.${field.key}`;
      const member = (value as Record<string, unknown>)[field.name];
      const result: unknown = typeof member === 'function' ? member(field.args, field.fields) : member;
      if (['ports', 'portsConnection', 'openPort'].includes(field.name)) expected.needHss.add(below);
      if (Array.isArray(result)) for (const index of result.keys()) expected.needHss.add(`${below}.${index}`);
      object[field.key] = complete(result, field.fields, below);
    }
    return object;
  }

  const root = {
    host: ({ id }: Args) => hostOf(id),
    hosts: ({ ids }: Args) => ids.map((id: string, index: number) => hostOf(id, `ids.${index}`)),
    openPort: ({ id }: Args) => openPortOf(id, 'id'),
    openPorts: ({ ids }: Args) => ids.map((id: string, index: number) => openPortOf(id, `ids.${index}`)),
    _entities: ({ representations }: Args) =>
      representations.map(({ __typename, id }: Args) => (__typename === 'Host' ? hostOf(id) : openPortOf(id, 'id'))),
    setPortIgnore,
  };
  Object.assign(expected.data, complete(root, operation, ''));
  return expected;
}
