import type { PortList, Protocol, Status } from '../hss/list-ports.ts';

/** What is asked of a list that HSS cannot do alone: more filters, and an order. Null: not filtered by it. */
export interface ListView {
  /** One of these, and so with the other lists. */
  readonly statuses: readonly Status[] | null;
  readonly protocols: readonly Protocol[] | null;
  readonly portNumbers: readonly number[] | null;
  /** Without regard to case. */
  readonly executablePathContains: string | null;
  readonly listenAddresses: readonly string[] | null;
  /** Earlier ones decide before later ones; rows that are equal in all stay in HSS's order. */
  readonly orderBy: readonly ListOrder[];
}

export interface ListOrder {
  readonly field: 'port' | 'protocol' | 'status' | 'listenAddress' | 'pid' | 'executablePath';
  readonly direction: 'asc' | 'desc';
}

/** A list with what HSS can do of a view, and what is left of the view; null where nothing is. */
export interface NarrowedList {
  readonly list: PortList;
  readonly view: ListView | null;
}

/** Null where filters contradict each other: no row matches, and HSS need not be asked. */
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

/** The view; null where it neither leaves out rows nor orders them. */
export const viewOrNull = (view: ListView): ListView | null =>
  hasFilters(view) || view.orderBy.length > 0 ? view : null;

/** Whether a view leaves out rows. */
export function hasFilters(view: ListView): boolean {
  const { statuses, protocols, portNumbers, executablePathContains, listenAddresses } = view;
  return [statuses, protocols, portNumbers, executablePathContains, listenAddresses].some((filter) => filter !== null);
}

/** HSS filters by one value, which leaves nothing of a list of them; null where the two contradict each other. */
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
