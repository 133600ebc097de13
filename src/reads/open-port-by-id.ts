import DataLoader from 'dataloader';
import { groupBy } from '../group-by.ts';
import { maxPortNumber, maxRows, totalCap } from '../hss/bounds.ts';
import { protocols, type PortList, type Protocol } from '../hss/list-ports.ts';
import type { PortRow } from '../hss/port-row.ts';
import { rowIdentity } from '../hss/row-identity.ts';
import type { OpenPortPage } from './cut-page.ts';
import type { OpenPortIdParts } from './open-port-id.ts';
import type { OpenPorts } from './open-ports.ts';
import type { RowFields } from './response-bytes.ts';

/** Finds rows again by what their ids say. */
export interface OpenPortById {
  /** Null where the row is gone; `fields`: what the response has of it. */
  load(key: OpenPortIdParts, fields: RowFields): Promise<PortRow | null>;
}

type Found = PortRow | null | Error;
/** What has been found; keys that are not in it are missing yet. */
type FoundByKey = Map<OpenPortIdParts, Found>;
/** Some ids of one host, category and enterprise project. */
type KeysOfHost = readonly [OpenPortIdParts, ...OpenPortIdParts[]];

/**
 * `rowsOfRead`: how many rows a read brings at most. `onFound` is told each row that goes into the response; what it throws fails
 * that id alone.
 */
export function createOpenPortById(
  openPorts: OpenPorts,
  rowsOfRead: () => number,
  onFound: (row: PortRow, fields: RowFields) => void,
): OpenPortById {
  /** Ids of one host, category and enterprise project share reads. */
  async function findAll(keys: readonly OpenPortIdParts[]): Promise<Found[]> {
    const found: FoundByKey = new Map();
    await Promise.all(byHost(keys).map((group) => findInHost(openPorts, rowsOfRead(), group, found)));
    return keys.map((key) => found.get(key) ?? null);
  }

  const loader = new DataLoader<OpenPortIdParts, PortRow | null, string>(findAll, {
    cacheKeyFn: (key) => JSON.stringify(key),
  });
  return {
    async load(key, fields) {
      const row = await loader.load(key);
      if (row) onFound(row, fields);
      return row;
    },
  };
}

/** So many reads go out side by side where HSS has stopped counting. */
const readsAtOnce = 10;

/**
 * Looks through the narrowest list that holds all the rows. Where that is longer than one read and some are still missing, it
 * goes on to the rest of the list, or to a narrower list for each, whichever takes fewer reads. What stands in none of the first
 * 10,000 rows is looked for in narrower lists, and where there are none in the rows that HSS does not count. A read that fails
 * fails those that no other has brought.
 */
async function findInHost(
  openPorts: OpenPorts,
  rowsOfRead: number,
  keys: KeysOfHost,
  found: FoundByKey,
): Promise<void> {
  const list = narrowestList(keys);
  const missing = (): OpenPortIdParts[] => keys.filter((key) => !found.has(key));
  const isNarrowed = (): boolean => missing().every((key) => !isNarrowest(list, key));
  const failures: Error[] = [];
  /** The next row to be looked at, after the first read. */
  let end = rowsOfRead;
  const look = async (offset: number): Promise<OpenPortPage | null> => {
    try {
      const page = await openPorts.page(list, { offset, limit: rowsOfRead, rows: true, hasNextPage: true });
      for (const [key, row] of match(missing(), page.nodes)) found.set(key, row);
      return page;
    } catch (error) {
      failures.push(error as Error);
      return null;
    }
  };
  /** Looks on up to this row, in windows that fail each by itself. */
  const lookUpTo = async (row: number): Promise<void> => {
    const windows: Promise<OpenPortPage | null>[] = [];
    for (; end < row; end += rowsOfRead) windows.push(look(end));
    for (const page of await Promise.all(windows)) last = page ?? last;
  };
  const mayGoOn = (page: OpenPortPage | null): page is OpenPortPage =>
    page !== null && page.hasNextPage && failures.length === 0 && missing().length > 0;

  let last = await look(0);
  if (mayGoOn(last)) {
    const counted = Math.min(last.totalCount, totalCap);
    const restReads = Math.ceil((counted - end) / rowsOfRead);
    if (!isNarrowed() || narrowerLists(missing()).length >= restReads) await lookUpTo(counted);
  }
  if (mayGoOn(last) && isNarrowed()) {
    await Promise.all(narrowerLists(missing()).map((group) => findInHost(openPorts, rowsOfRead, group, found)));
    return;
  }
  while (mayGoOn(last)) await lookUpTo(end + readsAtOnce * rowsOfRead);
  const [failure] = failures;
  if (failure) for (const key of missing()) found.set(key, failure);
}

/** Keys of one narrowest list together. */
const narrowerLists = (keys: readonly OpenPortIdParts[]): KeysOfHost[] =>
  groupBy(keys, (key) => [portFilter(key), protocolFilter(key)]);

/**
 * How many reads finding these ids is estimated to take: one for each narrower list of a host, but never more than a
 * whole list of 10,000 rows. Mostly it is one for all of a host; where that is in vain it is one more.
 */
export function readsToFind(keys: readonly OpenPortIdParts[]): number {
  return byHost(keys).reduce((reads, group) => reads + Math.min(narrowerLists(group).length, totalCap / maxRows), 0);
}

const byHost = (keys: readonly OpenPortIdParts[]): KeysOfHost[] =>
  groupBy(keys, ({ hostId, category, enterpriseProjectId }) => [hostId, category, enterpriseProjectId]);

function match(keys: readonly OpenPortIdParts[], rows: readonly PortRow[]): Map<OpenPortIdParts, PortRow> {
  const rowOf = new Map(rows.map((row) => [rowIdentity(row), row]));
  const found = new Map<OpenPortIdParts, PortRow>();
  for (const key of keys) {
    const row = rowOf.get(rowIdentity(key));
    if (row) found.set(key, row);
  }
  return found;
}

/** The list with every filter that all of the keys have in common. */
function narrowestList(keys: KeysOfHost): PortList {
  const [{ hostId, category, enterpriseProjectId }] = keys;
  return {
    hostId,
    category,
    enterpriseProjectId,
    port: common(keys.map(portFilter)),
    protocol: common(keys.map(protocolFilter)),
    status: null,
    hostName: null,
    hostIp: null,
  };
}

const isNarrowest = (list: PortList, key: OpenPortIdParts): boolean =>
  list.port === portFilter(key) && list.protocol === protocolFilter(key);

/** HSS filters by ports from 1, though its rows know port 0. */
const portFilter = ({ port }: OpenPortIdParts): number | null =>
  port !== null && port >= 1 && port <= maxPortNumber ? port : null;

const protocolFilter = ({ protocolText }: OpenPortIdParts): Protocol | null =>
  protocols.find((protocol) => protocol === protocolText) ?? null;

function common<T>(values: readonly T[]): T | null {
  const [first] = values;
  return first !== undefined && values.every((value) => value === first) ? first : null;
}
