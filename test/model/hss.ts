import { Opaque } from './expectation.ts';

/** A row in HSS's own words, however odd. */
export type HssRow = Readonly<Record<string, unknown>>;

export interface ModelHost {
  readonly hostId: string;
  readonly enterpriseProjectId: string;
  readonly rows: readonly HssRow[];
  readonly containerRows: readonly HssRow[];
}

/** What HSS knows. */
export interface Hss {
  readonly hosts: Map<string, ModelHost>;
  /** Keys of ignored rows, and how those are listed. */
  readonly ignored: Set<string>;
  readonly ignoredPortView: 'unchanged' | 'normal' | 'removed';
}

/** A list as HSS is asked for it. */
export interface HssList {
  readonly hostId: string;
  readonly category: 'HOST' | 'CONTAINER';
  readonly enterpriseProjectId: string;
  readonly port?: number | null;
  readonly protocol?: string | null;
  readonly status?: string | null;
  readonly hostName?: string | null;
  readonly hostIp?: string | null;
}

/** A row as clients see it; what identifies it, and how many rows of its list that does; what HSS ignores with it. */
export type Row = Readonly<ReturnType<typeof toRow>>;

const protocols = ['TCP', 'UDP', 'TCP6', 'UDP6'];
/** The enum's value for HSS's word; null if it is none. */
export const toProtocol = (word: string | null): string | null => protocols.find((known) => known === word) ?? null;
const hostIp = '192.168.0.1';

/** `total_num` stops here. */
export const totalCap = 10_000;

const textOrNull = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

function countOrNull(value: unknown): number | null {
  const number = typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) && number >= 0 && number < 2 ** 31 ? number : null;
}

function toStatus(word: string | null): string | null {
  if (word === null) return null;
  return ({ normal: 'NORMAL', danger: 'DANGER' } as Record<string, string>)[word] ?? 'UNKNOWN';
}

export interface Target {
  readonly agentId: string | null;
  readonly port: number | null;
  readonly protocol: string | null;
  readonly containerId: string | null;
  readonly hostId: string | null;
}

/** What HSS ignores together; null if it cannot be told to. */
export function ignoreKey({ agentId, port, protocol, containerId, hostId }: Target): string | null {
  if (agentId === null || port === null || (protocol !== 'TCP' && protocol !== 'UDP')) return null;
  if ([agentId, containerId, hostId].some((id) => (id ?? '').length > 64)) return null;
  return JSON.stringify([agentId, port, protocol, containerId]);
}

function toRow(row: HssRow, { hostId, category, enterpriseProjectId }: HssList) {
  const word = textOrNull(row.type);
  const parts = {
    hostId,
    agentId: textOrNull(row.agent_id),
    containerId: textOrNull(row.container_id),
    port: countOrNull(row.port),
    pid: countOrNull(row.pid),
    listenAddress: textOrNull(row.laddr),
    executablePath: textOrNull(row.path),
  };
  const shown = {
    ...parts,
    protocol: toProtocol(word),
    status: toStatus(textOrNull(row.status)),
  };
  const list: HssList = { hostId, category, enterpriseProjectId };
  return { ...shown, identity: JSON.stringify([list, parts, word]), copies: 1, key: ignoreKey(shown) };
}

/** Foreign rows are null: they have their place in the list, and are never shown. */
export function listRows(hss: Hss, list: HssList): (Row | null)[] {
  const rows = rawRows(hss, list).map((row) => {
    const isForeign = textOrNull(row.host_id) !== null && row.host_id !== list.hostId;
    return isForeign ? null : toRow(row, list);
  });
  const twins = new Map<string, number>();
  for (const row of rows) if (row) twins.set(row.identity, (twins.get(row.identity) ?? 0) + 1);
  return rows.map((row) => row && { ...row, copies: twins.get(row.identity) as number });
}

function rawRows({ hosts, ignored, ignoredPortView }: Hss, list: HssList): HssRow[] {
  const host = hosts.get(list.hostId);
  if (!host || !['all_granted_eps', host.enterpriseProjectId].includes(list.enterpriseProjectId)) return [];
  if (list.hostName && !host.hostId.includes(list.hostName)) return [];
  if (list.hostIp && list.hostIp !== hostIp) return [];
  return (list.category === 'HOST' ? host.rows : host.containerRows).flatMap((row) => {
    const isIgnored = ignored.has(String(rawKey(row)));
    if (isIgnored && ignoredPortView === 'removed') return [];
    const isCalmed = isIgnored && ignoredPortView === 'normal' && row.status === 'danger';
    const shown: HssRow = isCalmed ? { ...row, status: 'normal' } : row;
    return isListed(shown, list) ? [shown] : [];
  });
}

/** HSS's own filters. It calls unknown only what it spells so. */
function isListed(row: HssRow, { port, protocol, status }: HssList): boolean {
  const statuses = status === 'UNKNOWN' ? ['unknow', 'unknown'] : [status?.toLowerCase()];
  return (
    (port == null || row.port === port) &&
    (protocol == null || row.type === protocol) &&
    (status == null || statuses.includes(row.status as string))
  );
}

const rawKey = ({ agent_id, port, type, container_id }: HssRow): string | null =>
  typeof agent_id === 'string' && typeof port === 'number' && typeof type === 'string'
    ? JSON.stringify([agent_id, port, type, textOrNull(container_id)])
    : null;

/** HSS ignores the rows that it has of these keys. */
export function setIgnored(hss: Hss, keys: ReadonlySet<string>, ignore: boolean, scope: Omit<HssList, 'hostId'>): void {
  for (const { hostId } of hss.hosts.values()) {
    // Also rows that are no longer listed.
    for (const row of rawRows({ ...hss, ignoredPortView: 'unchanged' }, { ...scope, hostId })) {
      const key = rawKey(row);
      if (key === null || !keys.has(key)) continue;
      if (ignore) hss.ignored.add(key);
      else hss.ignored.delete(key);
    }
  }
}

/** The fields of a row in an answer. */
export const toNode = (row: Row, hostOf: (id: string) => unknown) => ({
  ...row,
  id: new Opaque('id', row.identity, row.copies),
  host: () => hostOf(row.hostId),
  ignoreKey: row.key === null ? null : new Opaque('ignoreKey', row.key),
});
