import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupBy } from '../../src/group-by.ts';
import { listKey, protocols, type PortList, type Status } from '../../src/hss/list-ports.ts';
import type { PortRow } from '../../src/hss/port-row.ts';
import { createRowLimit } from '../../src/hss/row-limit.ts';
import { createMemory } from '../../src/hss/transport/memory.ts';
import { createOperationCost } from '../../src/hss/transport/operation.ts';
import type { Want } from '../../src/reads/cut-page.ts';
import type { ListOrder, ListView } from '../../src/reads/list-view.ts';
import { createOpenPorts } from '../../src/reads/open-ports.ts';
import { hssFilter, openPortsOver, withoutView } from './model-hss.ts';
import { modelRow } from './port-list-model.ts';
import { plainList } from '../support/plain-list.ts';

const statuses: readonly Status[] = ['normal', 'danger', 'unknown'];
const ports = [0, 1, 22, 80, 443, 8080];
const addresses = ['0.0.0.0', '::', '127.0.0.1', 'fe80::1'];
const paths = ['/usr/bin/A', '/usr/bin/a', '/USR/sbin/b', 'C:\\b', 'Z', 'ä', '\u{1F600}', '\uFFFD'];

/** What a view shows, said as the contract says it, and not as the gateway goes about it. */
function modelView(rows: readonly PortRow[], view: ListView): PortRow[] {
  const isIn = <T>(allowed: readonly T[] | null, value: T | null) => !allowed || allowed.some((one) => one === value);
  const shown = rows.filter(
    (row) =>
      isIn(view.statuses, row.status) &&
      isIn(view.protocols, row.protocol) &&
      isIn(view.portNumbers, row.port) &&
      isIn(view.listenAddresses, row.listenAddress) &&
      (view.executablePathContains === null ||
        row.executablePath?.toUpperCase().includes(view.executablePathContains.toUpperCase())),
  );
  // One field after the other, the last first, each by the order of all values there are.
  return view.orderBy.reduceRight((sorted, { field, direction }) => {
    const values = valuesInOrder[field];
    const ranks = direction === 'asc' ? values : values.toReversed();
    return [...ranks, null].flatMap((value) => sorted.filter((row) => row[field] === value));
  }, shown);
}

const valuesInOrder: Record<ListOrder['field'], unknown[]> = {
  port: ports,
  protocol: ['TCP', 'TCP6', 'UDP', 'UDP6'],
  status: ['normal', 'unknown', 'danger'],
  listenAddress: ['0.0.0.0', '127.0.0.1', '::', 'fe80::1'],
  pid: [1, 2, 10, 300, 4_000],
  // By code unit: an emoji's surrogates come before U+FFFD.
  executablePath: ['/USR/sbin/b', '/usr/bin/A', '/usr/bin/a', 'C:\\b', 'Z', 'ä', '\u{1F600}', '\uFFFD'],
};

const orNull = <T>(values: readonly T[]): fc.Arbitrary<T | null> => fc.constantFrom(...values, null);
const row = fc
  .record({
    port: orNull(ports),
    protocol: orNull(protocols),
    status: orNull(statuses),
    listenAddress: orNull(addresses),
    pid: orNull([1, 2, 10, 300, 4_000]),
    executablePath: orNull(paths),
  })
  .map((fields): PortRow => ({ ...modelRow(0), ...fields }));
const rows = fc
  .array(row, { maxLength: 40 })
  .chain((some) => fc.integer({ min: 1, max: 20 }).map((times) => Array.from({ length: times }, () => some).flat()))
  // Rows of several answers that nothing tells apart are one.
  .map((all) => all.map((one, index): PortRow => ({ ...one, agentId: `agent ${index}` })));
const someOf = <T>(values: readonly T[]): fc.Arbitrary<T[] | null> =>
  fc.option(fc.array(fc.constantFrom(...values), { minLength: 1, maxLength: 5 }));
const view: fc.Arbitrary<ListView> = fc.record({
  statuses: someOf(statuses),
  protocols: someOf(protocols),
  portNumbers: someOf([...ports, 99]),
  executablePathContains: fc.option(fc.constantFrom('usr', 'B', '.', '\\', 'a', 'Ä', 'no such')),
  listenAddresses: someOf([...addresses, '::1']),
  orderBy: fc.array(
    fc.record({
      field: fc.constantFrom(...(Object.keys(valuesInOrder) as ListOrder['field'][])),
      direction: fc.constantFrom('asc', 'desc'),
    }),
    { maxLength: 4 },
  ),
});
const want: fc.Arbitrary<Want> = fc.record({
  offset: fc.nat(300),
  limit: fc.integer({ min: 1, max: 300 }),
  rows: fc.boolean(),
  hasNextPage: fc.boolean(),
});
const everything: Want = { offset: 0, limit: 1_000, rows: true, hasNextPage: true };

describe('a view of a list', () => {
  it('shows the rows that match, in order, page by page, whatever else is asked beside it', async () => {
    const asked = fc.array(fc.record({ view: fc.option(view), want }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(rows, asked, async (all, pages) => {
        const { openPorts } = openPortsOver(all);
        const answers = await Promise.all(pages.map(({ view, want }) => openPorts.page(plainList, want, view)));
        for (const [index, { view, want }] of pages.entries()) {
          const shown = modelView(all, view ?? withoutView);
          const end = want.offset + want.limit;
          expect(answers[index]).toMatchObject({
            offset: want.offset,
            limit: want.limit,
            totalCount: shown.length,
            nodes: want.rows ? shown.slice(want.offset, end) : [],
            hasNextPage: shown.length > end,
          });
        }
      }),
    );
  });

  it('takes no more reads than its list has parts of 200 rows, however many views there are', async () => {
    await fc.assert(
      fc.asyncProperty(rows, fc.array(view, { minLength: 1, maxLength: 6 }), async (all, views) => {
        const { openPorts, calls, cost } = openPortsOver(all);
        await Promise.all(views.map((one) => openPorts.page(plainList, everything, one)));
        for (const asked of groupBy(calls, ({ list }) => [listKey(list)])) {
          const [{ list }] = asked;
          expect(asked).toHaveLength(Math.max(1, Math.ceil(hssFilter(all, list).length / 200)));
        }
        expect(cost.mergedWindows).toBeGreaterThanOrEqual(0);
        expect(cost.windows).toBeLessThanOrEqual(views.length);
      }),
    );
  });

  it('shares the reads of plain pages beside it', async () => {
    const all = Array.from({ length: 450 }, (_, number) => modelRow(number));
    const { openPorts, calls, cost } = openPortsOver(all);
    const byPort = (direction: 'asc' | 'desc'): ListView => ({
      ...withoutView,
      orderBy: [{ field: 'port', direction }],
    });
    await Promise.all([
      openPorts.page(plainList, { ...everything, limit: 10 }),
      openPorts.page(plainList, { ...everything, limit: 10 }, byPort('desc')),
      openPorts.page(plainList, { ...everything, limit: 10, offset: 20 }, byPort('desc')),
      openPorts.page(plainList, { ...everything, limit: 10 }, byPort('asc')),
      openPorts.page(plainList, everything),
    ]);
    expect(calls.map(({ offset, limit }) => [offset, limit])).toEqual([
      [0, 200],
      [200, 200],
      [400, 200],
    ]);
    expect(cost).toMatchObject({ windows: 5, mergedWindows: 4 });
  });

  it('needs no whole list for a filter that HSS knows, or for a total under an order alone', async () => {
    const all = Array.from({ length: 450 }, (_, number) => modelRow(number));
    const { openPorts, calls } = openPortsOver(all);
    const small = { ...everything, limit: 10 };
    await openPorts.page(plainList, small, {
      ...withoutView,
      statuses: ['normal'],
      portNumbers: [22, 22],
      protocols: ['TCP'],
    });
    await openPorts.page({ ...plainList, port: 80 }, small, { ...withoutView, portNumbers: [22, 80] });
    const counted = await openPorts.page(
      plainList,
      { ...small, rows: false },
      { ...withoutView, orderBy: [{ field: 'pid', direction: 'desc' }] },
    );
    expect(counted).toMatchObject({ totalCount: 450, hasNextPage: true });
    expect(calls.map(({ list, limit }) => [list.port, list.protocol, list.status, limit])).toEqual([
      [22, 'TCP', 'normal', 10],
      [80, null, null, 10],
      [null, null, null, 10],
    ]);
  });

  it('is empty without a read where its filters contradict each other', async () => {
    const { openPorts, calls } = openPortsOver([modelRow(0)]);
    const contradictions: [Partial<PortList>, Partial<ListView>][] = [
      [{ status: 'normal' }, { statuses: ['danger', 'unknown'] }],
      [{ protocol: 'TCP' }, { protocols: ['UDP'] }],
      [{ port: 1 }, { portNumbers: [2, 3] }],
    ];
    for (const [filter, lists] of contradictions) {
      const page = await openPorts.page(
        { ...plainList, ...filter },
        { ...everything, limit: 5 },
        { ...withoutView, ...lists },
      );
      expect(page).toEqual({ offset: 0, limit: 5, nodes: [], totalCount: 0, hasNextPage: false });
    }
    expect(calls).toEqual([]);
  });

  it('of a list that is too long is refused after one read, and harms no other page', async () => {
    const all = Array.from({ length: 450 }, (_, number) => modelRow(number));
    const { openPorts, calls } = openPortsOver(all, { maxRows: 449 });
    const byPid: ListView = { ...withoutView, orderBy: [{ field: 'pid', direction: 'asc' }] };
    const [sorted, plain] = await Promise.allSettled([
      openPorts.page(plainList, everything, byPid),
      openPorts.page(plainList, { ...everything, limit: 10 }),
    ]);
    expect(sorted).toMatchObject({ status: 'rejected', reason: { kind: 'list-too-long', estimate: 450, budget: 449 } });
    expect(plain).toMatchObject({ status: 'fulfilled', value: { totalCount: 450 } });
    expect(calls.map(({ offset, limit }) => [offset, limit])).toEqual([[0, 200]]);
  });

  it('of a list as long as is allowed is shown', async () => {
    const all = Array.from({ length: 450 }, (_, number) => modelRow(number));
    const { openPorts } = openPortsOver(all, { maxRows: 450 });
    const page = await openPorts.page(plainList, everything, {
      ...withoutView,
      orderBy: [{ field: 'pid', direction: 'desc' }],
    });
    expect(page.nodes.map(({ pid }) => pid)).toEqual(Array.from({ length: 450 }, (_, index) => 450 - index));
  });

  it('of a list that is longer than its total says is refused too', async () => {
    const hss = {
      listPorts: (_list: PortList, offset: number, limit: number) =>
        Promise.resolve({
          total: 100,
          bytes: 0,
          rows: Array.from({ length: Math.min(limit, 700 - offset) }, (_, index) => modelRow(offset + index)),
        }),
    };
    const openPorts = createOpenPorts(hss, createOperationCost(100), {
      rowLimit: createRowLimit(),
      memory: createMemory(),
      maxWholeListRows: 400,
    });
    const view: ListView = { ...withoutView, orderBy: [{ field: 'pid', direction: 'asc' }] };
    await expect(openPorts.page(plainList, everything, view)).rejects.toMatchObject({
      kind: 'list-too-long',
      estimate: 401,
      budget: 400,
    });
  });
});
