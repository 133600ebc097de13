import type { PortList, Protocol, Status } from '../hss/list-ports.ts';

/** What is asked of a list but not supported by HSS: more filters, and an order. Null: no filter. */
export interface ListView {
  /** Any one of these, as in the other lists. */
  readonly statuses: readonly Status[] | null;
  readonly protocols: readonly Protocol[] | null;
  readonly portNumbers: readonly number[] | null;
  /** Ignoring case. */
  readonly executablePathContains: string | null;
  readonly listenAddresses: readonly string[] | null;
  /** Earlier entries take precedence; rows that are equal in all stay in HSS's order. */
  readonly orderBy: readonly ListOrder[];
}

export interface ListOrder {
  readonly field: 'port' | 'protocol' | 'status' | 'listenAddress' | 'pid' | 'executablePath';
  readonly direction: 'asc' | 'desc';
}

/** A list with what HSS supports of a view, and the rest of the view; null if none is left. */
export interface NarrowedList {
  readonly list: PortList;
  readonly view: ListView | null;
}

/** Null if filters contradict each other: no row matches, and HSS need not be asked. */
export function narrow(list: PortList, view: ListView): NarrowedList | null {
  const status = narrowBy(list.status, view.statuses);
  const protocol = narrowBy(list.protocol, view.protocols);
  const port = narrowBy(list.port, view.portNumbers);
  if (!status || !protocol || !port) return null;
  const left = { ...view, statuses: status.left, protocols: protocol.left, portNumbers: port.left };
  return {
    list: { ...list, status: status.filter, protocol: protocol.filter, port: port.filter },
    view: viewOrNull(left),
  };
}

/** The view; null if it neither leaves out rows nor orders them. */
export const viewOrNull = (view: ListView): ListView | null =>
  hasFilters(view) || view.orderBy.length > 0 ? view : null;

/** Whether a view leaves out rows. */
export function hasFilters(view: ListView): boolean {
  const { statuses, protocols, portNumbers, executablePathContains, listenAddresses } = view;
  return [statuses, protocols, portNumbers, executablePathContains, listenAddresses].some((filter) => filter !== null);
}

/** HSS filters by one value; where that suffices, no values are left. Null if the two contradict each other. */
function narrowBy<T>(
  filter: T | null,
  values: readonly T[] | null,
): { filter: T | null; left: readonly T[] | null } | null {
  if (values === null) return { filter, left: null };
  if (filter !== null) return values.includes(filter) ? { filter, left: null } : null;
  const [only, ...others] = new Set(values);
  if (only === undefined) return null;
  return others.length === 0 ? { filter: only, left: null } : { filter: null, left: values };
}
