import type { PortRow } from '../hss/port-row.ts';
import type { ListOrder, ListView } from './list-view.ts';

/** The rows that a view shows, in its order. */
export function viewRows(rows: readonly PortRow[], view: ListView): readonly PortRow[] {
  const matching = rows.filter(matcher(view));
  return view.orderBy.length === 0 ? matching : matching.sort(comparator(view.orderBy));
}

function matcher(view: ListView): (row: PortRow) => boolean {
  const { statuses, protocols, portNumbers, listenAddresses } = view;
  const addresses = listenAddresses && new Set(listenAddresses);
  const ports = portNumbers && new Set(portNumbers);
  const path = view.executablePathContains?.toLowerCase() ?? null;
  return (row) =>
    (statuses === null || (row.status !== null && statuses.includes(row.status))) &&
    (protocols === null || (row.protocol !== null && protocols.includes(row.protocol))) &&
    (ports === null || (row.port !== null && ports.has(row.port))) &&
    (addresses === null || (row.listenAddress !== null && addresses.has(row.listenAddress))) &&
    (path === null || (row.executablePath?.toLowerCase().includes(path) ?? false));
}

/** By danger. */
const statusRanks = { normal: 0, unknown: 1, danger: 2 } as const;

/** Texts compare by code unit, and protocols by their names, as in the enum. */
const keyOf = (row: PortRow, field: ListOrder['field']): string | number | null =>
  field === 'status' ? row.status && statusRanks[row.status] : row[field];

function comparator(orderBy: readonly ListOrder[]): (one: PortRow, other: PortRow) => number {
  // Ordering by the same field again has no effect.
  const fields = new Set<string>();
  const orders = orderBy.filter(({ field }) => !fields.has(field) && fields.add(field));
  return (one, other) => {
    for (const { field, direction } of orders) {
      const result = compare(keyOf(one, field), keyOf(other, field), direction);
      if (result !== 0) return result;
    }
    return 0;
  };
}

/** What clients see as null comes last in both directions. */
function compare<T extends string | number>(one: T | null, other: T | null, direction: 'asc' | 'desc'): number {
  if (one === other) return 0;
  if (one === null) return 1;
  if (other === null) return -1;
  return one < other === (direction === 'asc') ? -1 : 1;
}
