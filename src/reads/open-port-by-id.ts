import DataLoader from 'dataloader';
import { maxRows, protocols, totalCap, type PortList, type Protocol } from '../hss/list-ports.ts';
import type { OpenPortPage } from './cut-page.ts';
import { groupBy } from '../group-by.ts';
import type { PortRow } from '../hss/port-row.ts';
import { identityOf } from '../hss/row-identity.ts';
import type { OpenPortIdParts } from './open-port-id.ts';
import type { OpenPorts } from './open-ports.ts';
import type { RowFields } from './response-bytes.ts';
import { maxPortNumber } from '../hss/bounds.ts';

/** Finds rows again by what their ids say. */
export interface OpenPortById {
  /** Null where the row is gone; `fields`: what the response has of it. */
  load(key: OpenPortIdParts, fields: RowFields): Promise<PortRow | null>;
}

type Found = PortRow | null | Error;
/** Some ids of one host, category and enterprise project. */
type KeysOfHost = readonly [OpenPortIdParts, ...OpenPortIdParts[]];

/** `onFound` is told each row that goes into the response; what it throws fails that id alone. */
export function createOpenPortById(
  openPorts: OpenPorts,
  onFound: (row: PortRow, fields: RowFields) => void,
): OpenPortById {
  const loader = new DataLoader<OpenPortIdParts, PortRow | null, string>((keys) => findAll(openPorts, keys), {
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

/** Ids of one host, category and enterprise project share reads; a failure of theirs is no other's. */
async function findAll(openPorts: OpenPorts, keys: readonly OpenPortIdParts[]): Promise<Found[]> {
  const found = new Map<OpenPortIdParts, Found>();
  await Promise.all(
    byHost(keys).map(async (group) => {
      try {
        for (const [key, row] of await findInHost(openPorts, group)) found.set(key, row);
      } catch (error) {
        for (const key of group) found.set(key, error as Error);
      }
    }),
  );
  return keys.map((key) => found.get(key) ?? null);
}

/**
 * Looks through the narrowest list that holds all the rows. Where that is longer than one read and some are still
 * missing, it goes on to the rest of the list, or to a narrower list for each, whichever takes fewer reads. What stands
 * in none of the first 10,000 rows is looked for in narrower lists too, and is gone where there are none.
 */
async function findInHost(openPorts: OpenPorts, keys: KeysOfHost): Promise<Map<OpenPortIdParts, PortRow>> {
  const list = narrowestList(keys);
  const found = new Map<OpenPortIdParts, PortRow>();
  const missing = (): OpenPortIdParts[] => keys.filter((key) => !found.has(key));
  const isNarrowed = (): boolean => missing().every((key) => !isNarrowest(list, key));

  const readOn = async (offset: number, limit: number): Promise<OpenPortPage> => {
    const page = await openPorts.page(list, { offset, limit, rows: true, hasNextPage: true });
    for (const [key, row] of match(missing(), page.nodes)) found.set(key, row);
    return page;
  };

  let page = await readOn(0, maxRows);
  const restReads = Math.ceil(Math.min(page.totalCount, totalCap) / maxRows) - 1;
  if (page.hasNextPage && missing().length > 0 && (!isNarrowed() || narrowerLists(missing()).length >= restReads)) {
    page = await readOn(maxRows, totalCap - maxRows);
  }
  if (page.hasNextPage && isNarrowed()) {
    const parts = await Promise.all(narrowerLists(missing()).map((group) => findInHost(openPorts, group)));
    for (const [key, row] of parts.flatMap((part) => [...part])) found.set(key, row);
  }
  return found;
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
  const rowOf = new Map(rows.map((row) => [identityOf(row), row]));
  const found = new Map<OpenPortIdParts, PortRow>();
  for (const key of keys) {
    const row = rowOf.get(identityOf(key));
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
