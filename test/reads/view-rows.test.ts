import { describe, expect, it } from 'vitest';
import type { PortRow } from '../../src/hss/port-row.ts';
import { narrow, type ListOrder, type ListView } from '../../src/reads/list-view.ts';
import { viewRows } from '../../src/reads/view-rows.ts';
import { withoutView } from './model-hss.ts';
import { modelRow } from './port-list-model.ts';
import { plainList } from '../support/plain-list.ts';

const rowsWith = <Field extends keyof PortRow>(field: Field, ...values: readonly PortRow[Field][]): PortRow[] =>
  values.map((value, number) => ({ ...modelRow(number), [field]: value }));

describe('a view', () => {
  it.each<[view: Partial<ListView>, field: keyof PortRow, shown: readonly unknown[], left: readonly unknown[]]>([
    [{ statuses: ['danger', 'unknown'] }, 'status', ['danger', 'unknown'], ['normal', null]],
    [{ protocols: ['UDP', 'TCP6'] }, 'protocol', ['UDP', 'TCP6'], ['TCP', null]],
    [{ portNumbers: [22, 80] }, 'port', [22, 80], [23, 0, null]],
    [{ listenAddresses: ['::', '::1'] }, 'listenAddress', ['::', '::1'], ['::2', ':', null]],
    [{ executablePathContains: 'Bin/j' }, 'executablePath', ['/usr/bin/java', '/BIN/J'], ['/usr/bin', null]],
  ])('shows the rows that match, and no others: %j', (filters, field, shown, left) => {
    const rows = rowsWith(field, ...([...left, ...shown, ...left] as PortRow[typeof field][]));
    expect(viewRows(rows, { ...withoutView, ...filters }).map((row) => row[field])).toEqual(shown);
  });

  it('shows all rows where it does not filter', () => {
    const rows = rowsWith('status', null, 'normal');
    expect(viewRows(rows, withoutView)).toEqual(rows);
  });

  it('shows the rows that match in all of its filters', () => {
    const rows = [...rowsWith('port', 22, 23), ...rowsWith('status', 'danger', 'normal')];
    const [one] = rows as [PortRow];
    expect(viewRows(rows, { ...withoutView, portNumbers: [22], statuses: ['normal'] })).toEqual([one]);
  });

  it('may have no row at all, and no call, where a filter has no value', () => {
    expect(narrow(plainList, { ...withoutView, statuses: [] })).toBeNull();
  });
});

describe('an order', () => {
  it.each<[field: ListOrder['field'], values: readonly unknown[]]>([
    ['port', [0, 2, 10, 100]],
    ['pid', [1, 9, 80]],
    ['protocol', ['TCP', 'TCP6', 'UDP', 'UDP6']],
    ['status', ['normal', 'unknown', 'danger']],
    ['listenAddress', ['0.0.0.0', '10.0.0.1', '::']],
    ['executablePath', ['/B', '/a', '/b']],
  ])('by %s rises or falls, and ends with what is null either way', (field, values) => {
    const mixed = [null, ...values.toReversed().slice(1), null, values.at(-1)] as PortRow[typeof field][];
    const ordered = (direction: ListOrder['direction']): unknown[] =>
      viewRows(rowsWith(field, ...mixed), { ...withoutView, orderBy: [{ field, direction }] }).map((row) => row[field]);
    expect(ordered('asc')).toEqual([...values, null, null]);
    expect(ordered('desc')).toEqual([...values.toReversed(), null, null]);
  });

  it('leaves equal rows as HSS gave them, be they null, until the next order decides', () => {
    const rows = [5, null, 5, 3, null].map((port, number): PortRow => ({ ...modelRow(number), port }));
    const pids = (...orderBy: readonly ListOrder[]): unknown[] =>
      viewRows(rows, { ...withoutView, orderBy }).map(({ pid }) => pid);
    expect(pids({ field: 'port', direction: 'asc' })).toEqual([4, 1, 3, 2, 5]);
    expect(pids({ field: 'port', direction: 'asc' }, { field: 'pid', direction: 'desc' })).toEqual([4, 3, 1, 5, 2]);
    // The first order by a field decides.
    expect(pids({ field: 'port', direction: 'desc' }, { field: 'port', direction: 'asc' })).toEqual([1, 3, 4, 2, 5]);
  });
});
