import DataLoader from 'dataloader';
import { groupBy } from '../group-by.ts';
import { maxOffset, maxPortNumber, maxRows, totalCap } from '../hss/bounds.ts';
import { protocols, type PortList, type Protocol } from '../hss/list-ports.ts';
import type { PortRow } from '../hss/port-row.ts';
import { rowIdentity } from '../hss/row-identity.ts';
import type { OpenPortPage } from './cut-page.ts';
import type { OpenPortIdParts } from './open-port-id.ts';
import type { OpenPorts } from './open-ports.ts';
import type { RowFields } from './response-bytes.ts';

/** Finds rows again by what their ids say. */
export interface OpenPortById {
  /** Null if the row is gone; `fields`: its fields in the response. */
  load(key: OpenPortIdParts, fields: RowFields): Promise<PortRow | null>;
}

type Found = PortRow | null | Error;
/** What has been found; keys not in it are still missing. */
type FoundByKey = Map<OpenPortIdParts, Found>;
/** Some ids of one host, category and enterprise project. */
type KeysOfHost = readonly [OpenPortIdParts, ...OpenPortIdParts[]];

/**
 * `rowsOfRead`: the most rows that a read brings. `onFound` is told each row that goes into the response; if it throws,
 * only that id fails.
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

/** This many reads go out in parallel where HSS has stopped counting. */
const readsAtOnce = 10;

/**
 * Looks through the narrowest list that holds all the rows. If that is longer than one read and some are still missing,
 * it goes on to the rest of the list, or to a narrower list for each, whichever takes fewer reads. Rows not among the
 * first 10,000 are looked for in narrower lists or, if there are none, among the rows that HSS does not count. A failed
 * read fails the rows that no other read has brought.
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
  /** The next row to look at, after the first read. */
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
  /** Continues up to this row, in windows that fail independently. */
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
  while (mayGoOn(last) && end <= maxOffset) await lookUpTo(end + readsAtOnce * rowsOfRead);
  const [failure] = failures;
  if (failure) for (const key of missing()) found.set(key, failure);
}

/** Groups keys by their narrowest list. */
const narrowerLists = (keys: readonly OpenPortIdParts[]): KeysOfHost[] =>
  groupBy(keys, (key) => [portFilter(key), protocolFilter(key)]);

/**
 * How many reads finding these ids is estimated to take: one for each narrower list of a host, but never more than a
 * whole list of 10,000 rows. Usually one read per host is enough; if not, it takes one more than this.
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

/** HSS's port filter starts at 1, though rows may have port 0. */
const portFilter = ({ port }: OpenPortIdParts): number | null =>
  port !== null && port >= 1 && port <= maxPortNumber ? port : null;

const protocolFilter = ({ protocolText }: OpenPortIdParts): Protocol | null =>
  protocols.find((protocol) => protocol === protocolText) ?? null;

function common<T>(values: readonly T[]): T | null {
  const [first] = values;
  return first !== undefined && values.every((value) => value === first) ? first : null;
}
