import type { RecordedCall } from '../../src/simulator/recorder.ts';
import type { HssList } from './hss.ts';
import type { Expected, Wanted } from './oracle.ts';

const maxRows = 200;
export const maxUpstreamReads = 100;

/** What the contract forbids of the calls that an operation made; null if nothing. `isHonest`: HSS does as documented. */
export function problemOfCalls(calls: readonly RecordedCall[], expected: Expected, isHonest: boolean): string | null {
  const reads = calls.filter(({ method }) => method === 'GET').map(({ query }) => query);
  const writes = calls.filter(({ method }) => method === 'POST');
  for (const { limit, offset } of reads)
    if (!(Number(limit) >= 10 && Number(limit) <= maxRows && Number(offset) <= 2_000_000))
      return `a read of ${limit} rows from ${offset}`;
  if (reads.length > 2 * maxUpstreamReads) return `${reads.length} reads`;
  const sizes = writes.map((write) => targetsOf(write).length);
  if (sizes.some((size) => size < 1 || size > maxRows)) return `writes of ${sizes.join(', ')} targets`;
  if (!isHonest) return null;

  const inExcess = listInExcess(reads, expected);
  if (inExcess !== null) return `more reads than needed, of ${inExcess}: ${JSON.stringify(reads)}`;
  return problemOfWrites(writes, expected);
}

type Query = RecordedCall['query'];

/** The list that was read more often than what is wanted of it takes; null if none was. */
function listInExcess(reads: readonly Query[], { wanted, searches }: Expected): string | null {
  const batches = [...new Set(wanted.map(({ batch }) => batch))];
  const due = (list?: string): number =>
    batches.reduce((sum, batch) => {
      const windows = wanted.filter((one) => one.batch === batch && (list === undefined || toText(one.list) === list));
      const lists = [...new Set(windows.map((one) => one.list))];
      return lists.reduce((most, each) => most + fewestReads(windows.filter((one) => one.list === each)), sum);
    }, 0);
  // A search goes through lists that others may read, too.
  const searched = [...searches.values()].reduce((sum, most) => sum + most, 0);
  if (searched > 0) return reads.length > due() + searched ? 'all lists' : null;
  const read = reads.map(({ host_id, category, enterprise_project_id = '0', port, type, status, ...others }) =>
    [host_id, category, enterprise_project_id, port, type, status, others.host_name, others.host_ip].join(' '),
  );
  return read.find((list) => read.filter((other) => other === list).length > due(list)) ?? null;
}

function toText(list: string): string {
  const { hostId, category, enterpriseProjectId, ...filters } = JSON.parse(list) as HssList;
  const { port, protocol, status, hostName, hostIp } = filters;
  const word = status === 'UNKNOWN' ? 'unknow' : status?.toLowerCase();
  return [hostId, category.toLowerCase(), enterpriseProjectId, port, protocol, word, hostName, hostIp].join(' ');
}

/** A read opens at the first row that is planned for and that no earlier one reaches; it is sent if it has wanted rows. */
function fewestReads(windows: readonly Wanted[]): number {
  const openings: number[] = [];
  let reached = 0;
  for (const { offset, planned } of windows.toSorted((one, other) => one.offset - other.offset)) {
    for (let next = Math.max(offset, reached); next < offset + planned; next = reached) {
      openings.push(next);
      reached = next + maxRows;
    }
  }
  const isWanted = (opening: number): boolean =>
    windows.some(({ offset, rows }) => offset < opening + maxRows && offset + rows > opening);
  return Math.max(openings.filter(isWanted).length, 1);
}

interface WrittenPort {
  readonly agent_id: string;
  readonly port: number;
  readonly port_type: string;
  readonly container_id?: string;
}

const targetsOf = ({ body }: RecordedCall): readonly WrittenPort[] =>
  (body as { data_list: readonly WrittenPort[] }).data_list;

/** Keys of the targets of a write. */
export const keysOf = (call: RecordedCall): string[] =>
  targetsOf(call).map((port) => JSON.stringify([port.agent_id, port.port, port.port_type, port.container_id ?? null]));

/** Every target once, in as few calls as there can be. */
function problemOfWrites(writes: readonly RecordedCall[], expected: Expected): string | null {
  const told = writes.flatMap((call) => {
    const { category, enterprise_project_id: enterpriseProjectId = '0' } = call.query;
    const scope = JSON.stringify({ category: category?.toUpperCase(), enterpriseProjectId });
    return keysOf(call).map((key) => `${(call.body as { operate_type: string }).operate_type} ${scope} ${key}`);
  });
  const due: string[] = [];
  let calls = 0;
  for (const { ignore, scopes } of expected.writes) {
    for (const [scope, keys] of scopes) {
      calls += Math.ceil(keys.size / maxRows);
      for (const key of keys) due.push(`${ignore ? 'ignore' : 'not_ignore'} ${scope} ${key}`);
    }
  }
  if (writes.length > calls) return `${writes.length} writes, not ${calls}`;
  return told.toSorted().join('\n') === due.toSorted().join('\n')
    ? null
    : `told HSS ${JSON.stringify(told)}, not ${JSON.stringify(due)}`;
}
