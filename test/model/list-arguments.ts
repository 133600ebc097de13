import { Failure } from './expectation.ts';
import type { HssList, Row } from './hss.ts';
import { isShown, type Field } from './operation.ts';

// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Args = any;
export type Fields = readonly Field[] | undefined;

export interface Window {
  readonly offset: number;
  readonly limit: number;
}

const maxOffset = 2_000_000;
const isWithin = (number: number, min: number, max: number): boolean => number >= min && number <= max;

export const badInput = (argument: string): Failure => new Failure({ code: 'BAD_USER_INPUT', argument });

export function readPage({ page }: Args): Window | Failure {
  const { limit, offset } = { limit: 10, offset: 0, ...page };
  if (!isWithin(limit, 1, 1_000)) return badInput('page.limit');
  return isWithin(offset, 0, maxOffset) ? { offset, limit } : badInput('page.offset');
}

export function readConnection({ first = 10, after = null }: Args, rowOfCursor: ReadonlyMap<string, number>) {
  if (!isWithin(first, 1, 1_000)) return badInput('first');
  const row = after === null ? -1 : rowOfCursor.get(after);
  return row === undefined ? badInput('after') : { offset: row + 1, limit: first as number };
}

/** What is wrong with a filter; operations have one fault at most. */
export function problemOfFilter({ filter }: Args): Failure | null {
  const { port, portNumbers, statuses, executablePathContains } = filter ?? {};
  if (port != null && !isWithin(port, 1, 65_535)) return badInput('filter.port');
  const number = (portNumbers ?? []).findIndex((item: number) => !isWithin(item, 1, 65_535));
  if (number >= 0) return badInput(`filter.portNumbers.${number}`);
  for (const [name, items] of Object.entries({ portNumbers, statuses }))
    if (items && !isWithin(items.length, 1, 100)) return badInput(`filter.${name}`);
  return executablePathContains === '' ? badInput('filter.executablePathContains') : null;
}

type Filter = (row: Row) => boolean;

/** The list that HSS is asked for, and the filters that it does not know. Null: filters exclude each other. */
export function narrow(hostId: string, filter: Args): { readonly list: HssList | null; readonly filters: Filter[] } {
  const { category, enterpriseProjectId, hostName, hostIp, executablePathContains, listenAddresses } = filter;
  const filters: Filter[] = [];
  const excluded: string[] = [];
  function oneOf(field: 'port' | 'protocol' | 'status', one: unknown, items: readonly unknown[] | null | undefined) {
    if (items == null) return one;
    if (one != null && !items.includes(one)) excluded.push(field);
    else if (one == null && new Set(items).size === 1) return items[0];
    else if (one == null) filters.push((row) => row[field] !== null && items.includes(row[field]));
    return one;
  }
  const list = {
    ...{
      hostId,
      category: category ?? 'HOST',
      enterpriseProjectId: enterpriseProjectId ?? '0',
      hostName,
      hostIp,
    },
    port: oneOf('port', filter.port, filter.portNumbers),
    protocol: oneOf('protocol', filter.protocol, filter.protocols),
    status: oneOf('status', filter.status, filter.statuses),
  } as HssList;
  const path = executablePathContains?.toLowerCase();
  if (path) filters.push((row) => row.executablePath?.toLowerCase().includes(path) ?? false);
  if (listenAddresses) filters.push((row) => row.listenAddress !== null && listenAddresses.includes(row.listenAddress));
  return { list: excluded.length > 0 ? null : list, filters };
}

const columns = {
  PORT: (row: Row) => row.port,
  PROTOCOL: (row: Row) => row.protocol,
  STATUS: (row: Row) => row.status && ['NORMAL', 'UNKNOWN', 'DANGER'].indexOf(row.status),
  LISTEN_ADDRESS: (row: Row) => row.listenAddress,
  PID: (row: Row) => row.pid,
  EXECUTABLE_PATH: (row: Row) => row.executablePath,
};

/** Equal rows stay in HSS's order; what is null comes last in both directions. */
export function byOrders(orderBy: readonly { field: keyof typeof columns; direction?: 'ASC' | 'DESC' }[]) {
  return (one: Row, other: Row): number => {
    for (const { field, direction } of orderBy) {
      const [a, b] = [columns[field](one), columns[field](other)];
      if (a === b) continue;
      if (a === null || b === null) return a === null ? 1 : -1;
      return a < b === (direction !== 'DESC') ? -1 : 1;
    }
    return 0;
  };
}

const rowFields = ['nodes', 'edges', 'pageInfo.startCursor', 'pageInfo.endCursor'];

/** Whether a page's or connection's rows are needed. */
export const selectsRows = (fields: Fields): boolean => rowFields.some((field) => selects(fields, field));

/** Whether a field of this path is selected, `@skip` and `@include` considered. */
function selects(fields: Fields, path: string): boolean {
  const [name, ...below] = path.split('.');
  return (fields ?? []).some(
    (field) => field.name === name && isShown(field) && (below.length === 0 || selects(field.fields, below.join('.'))),
  );
}
