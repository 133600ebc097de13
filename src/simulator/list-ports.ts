// GET /v5/{project_id}/asset/ports
import { readEnterpriseView } from './enterprise-view.ts';
import type { SimulatedHost, SimulatedRow } from './hosts.ts';
import { readRows } from './hosts.ts';
import type { Operation } from './operation.ts';
import { createQueryReader } from './query-reader.ts';
import { Refusal } from './refusal.ts';
import { toShownRows } from './shown-rows.ts';
import type { SimulatorSwitches } from './switches.ts';

/** The body of an answer. */
export interface ListPage {
  readonly data_list: readonly SimulatedRow[];
  readonly total_num: number | string;
}

/** Answers a page of one host's open ports. */
export const listPorts: Operation = async ({ call, caller, hosts, ignoreState, switches }) => {
  const query = createQueryReader(call.query, switches);
  const hostId = query.text('host_id', 128);
  if (hostId === null) throw new Refusal('HSS.0001');
  const hostName = query.text('host_name', 128);
  const hostIp = query.text('host_ip', 128);
  const port = query.integer('port', 1, 65_535);
  const type = query.word('type', ['TCP', 'UDP', 'TCP6', 'UDP6']);
  const status = query.word('status', statusWords(switches));
  const isInSight = readEnterpriseView(query.text('enterprise_project_id', 256), caller);
  const limit = query.integer('limit', 10, 200) ?? 10;
  if (limit > switches.maxLimit && switches.aboveMaxLimit === 'reject') throw new Refusal('HSS.0001');
  const offset = query.integer('offset', 0, 2_000_000) ?? 0;
  const category = query.word('category', ['host', 'container']) ?? 'host';

  const host = hosts.get(hostId);
  if (!host && switches.unknownHost === 'reject') throw new Refusal('HSS.0010');
  const isListed = host && isInSight(host.enterpriseProjectId ?? '0') && isNamed(host, hostName, hostIp);
  const rows = isListed ? toShownRows(await readRows(host, category), ignoreState, switches) : [];
  const matching = filterRows(rows, port, type, status);
  const page = matching.slice(offset, offset + Math.min(limit, switches.maxLimit));
  const total = Math.min(matching.length, switches.totalCap ?? Infinity);
  const body: ListPage = {
    data_list: page.map((row) => spellNumbers(spellUnknown(row, switches), switches)),
    total_num: spellNumber(total, switches),
  };
  return { reply: { status: 200, body }, apply: () => undefined };
};

function isNamed(host: SimulatedHost, hostName: string | null, hostIp: string | null): boolean {
  if (hostName && !(host.hostName ?? host.hostId).includes(hostName)) return false;
  return !hostIp || (host.hostIp ?? '192.168.0.1') === hostIp;
}

function filterRows(
  rows: readonly SimulatedRow[],
  port: number | null,
  type: string | null,
  status: string | null,
): readonly SimulatedRow[] {
  if (port === null && type === null && status === null) return rows;
  return rows.filter(
    (row) =>
      (port === null || row.port === port) &&
      (type === null || row.type === type) &&
      (status === null || isSameStatus(row.status, status)),
  );
}

function isSameStatus(one: unknown, other: string): boolean {
  return one === other || (isUnknown(one) && isUnknown(other));
}

function isUnknown(status: unknown): boolean {
  return status === 'unknow' || status === 'unknown';
}

function statusWords({ statusFilterSpelling }: SimulatorSwitches): readonly string[] {
  const unknown = statusFilterSpelling === 'both' ? ['unknow', 'unknown'] : [statusFilterSpelling];
  return ['normal', 'danger', ...unknown];
}

function spellUnknown(row: SimulatedRow, { unknownSpelling }: SimulatorSwitches): SimulatedRow {
  return unknownSpelling === 'unknown' && row.status === 'unknow' ? { ...row, status: 'unknown' } : row;
}

function spellNumbers(row: SimulatedRow, switches: SimulatorSwitches): SimulatedRow {
  if (switches.numberSpelling === 'number') return row;
  const entries = Object.entries(row).map(([name, value]) => [
    name,
    typeof value === 'number' ? spellNumber(value, switches) : value,
  ]);
  return Object.fromEntries(entries) as SimulatedRow;
}

function spellNumber(value: number, { numberSpelling }: SimulatorSwitches): number | string {
  return numberSpelling === 'text' ? String(value) : value;
}
