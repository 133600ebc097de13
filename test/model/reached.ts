import type { RecordedCall } from '../../src/simulator/recorder.ts';
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

  const most = mostReads(expected);
  if (reads.length > most) return `${reads.length} reads, not ${most}: ${JSON.stringify(reads)}`;
  const windows = reads.map((query) => JSON.stringify(query));
  if (isOneBatch(expected) && new Set(windows).size < windows.length) return `equal reads: ${JSON.stringify(reads)}`;
  return problemOfWrites(writes, expected);
}

const isOneBatch = ({ wanted, searches, writes }: Expected): boolean =>
  searches.size === 0 && writes.length === 0 && wanted.every(({ batch }) => batch === 0);

function mostReads(expected: Expected): number {
  const searches = [...expected.searches.values()].reduce((sum, reads) => sum + reads, 0);
  const keyOf = ({ list, batch }: Wanted): string => `${batch} ${list}`;
  const keys = [...new Set(expected.wanted.map(keyOf))];
  return keys.reduce((sum, key) => sum + fewestReads(expected.wanted.filter((one) => keyOf(one) === key)), searches);
}

/** A read opens at the first wanted row that no earlier one reaches. */
function fewestReads(windows: readonly Wanted[]): number {
  let reads = 0;
  let reached = 0;
  for (const { offset, rows } of windows.toSorted((one, other) => one.offset - other.offset)) {
    for (let next = Math.max(offset, reached); next < offset + rows; next = reached) {
      reads += 1;
      reached = next + maxRows;
    }
  }
  return Math.max(reads, 1);
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
