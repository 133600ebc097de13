import { describe, expect, it } from 'vitest';
import { listKey, type PortList } from '../../src/hss/list-ports.ts';
import type { PortRow } from '../../src/hss/port-row.ts';
import { createRowLimit } from '../../src/hss/row-limit.ts';
import { createMemory } from '../../src/hss/transport/memory.ts';
import { createOperationCost } from '../../src/hss/transport/operation.ts';
import type { Want } from '../../src/reads/cut-page.ts';
import { createOpenPorts } from '../../src/reads/open-ports.ts';
import { responseBytes } from '../../src/reads/response-bytes.ts';
import { withoutView } from './model-hss.ts';
import { modelRow, withEnd } from './port-list-model.ts';
import { plainList } from '../support/plain-list.ts';

const want: Want = { offset: 0, limit: 10, rows: true, hasNextPage: true };

/** Over an HSS that gives these rows, and 1,000 bytes, to every read. */
function start(rows: readonly (PortRow | null)[]) {
  const cost = createOperationCost(100, true);
  const memory = createMemory();
  const lists: PortList[] = [];
  const hss = {
    listPorts(list: PortList) {
      lists.push(list);
      return Promise.resolve({ total: rows.length, rows, bytes: 1_000 });
    },
  };
  const openPorts = createOpenPorts(hss, cost, {
    rowLimit: withEnd(createRowLimit()),
    memory,
    maxWholeListRows: 2_000,
  });
  return { openPorts, cost, memory, lists };
}

describe('what an operation reads', () => {
  it('is counted by rows, those of another host too', async () => {
    const { openPorts, cost } = start([modelRow(0), null, modelRow(1), null, modelRow(2)]);
    const page = await openPorts.page(plainList, want);
    expect(page.nodes).toHaveLength(3);
    expect(cost).toMatchObject({ rows: 5, foreignRows: 2 });
  });

  it('is held until it ends: what came, and what of it stands in the response', async () => {
    const rows = [modelRow(0), modelRow(1)];
    const { openPorts, cost, memory } = start(rows);
    await openPorts.page(plainList, want);
    expect(memory.heldBytes()).toBe(1_000);
    const fields = { counts: new Map([['id', 1]]), longNames: 0 };
    await openPorts.page(plainList, { ...want, fields });
    expect(memory.heldBytes()).toBeCloseTo(1_000 + responseBytes(rows, fields));
    memory.end(cost);
    expect(memory.heldBytes()).toBe(0);
  });

  it('is read once, until it is forgotten', async () => {
    const { openPorts, lists } = start([modelRow(0)]);
    for (let times = 0; times < 3; times++) await openPorts.page(plainList, { ...want });
    expect(lists).toHaveLength(1);
    openPorts.clear();
    await openPorts.page(plainList, want);
    expect(lists).toHaveLength(2);
  });

  it('is told of each page by its list and the rows that it needs', async () => {
    const { openPorts, cost } = start([modelRow(0)]);
    await openPorts.page(plainList, { ...want, offset: 20 });
    await openPorts.page(plainList, { ...want, rows: false });
    await openPorts.page(plainList, want, { ...withoutView, orderBy: [{ field: 'pid', direction: 'asc' }] });
    const list = listKey(plainList);
    expect(cost.pages).toEqual([
      { list, rows: { offset: 20, limit: 10 } },
      { list, rows: null },
      { list, rows: { offset: 0, limit: Infinity } },
    ]);
  });
});
