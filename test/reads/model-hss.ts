import type { Hss } from '../../src/hss/client.ts';
import type { PortList } from '../../src/hss/list-ports.ts';
import type { PortRow } from '../../src/hss/port-row.ts';
import { createRowLimit } from '../../src/hss/row-limit.ts';
import { createMemory } from '../../src/hss/transport/memory.ts';
import { createOperationCost } from '../../src/hss/transport/operation.ts';
import type { ListView } from '../../src/reads/list-view.ts';
import { createOpenPorts } from '../../src/reads/open-ports.ts';
import { withEnd } from './port-list-model.ts';

/** Which filters nothing and orders nothing. */
export const withoutView: ListView = {
  ...{ statuses: null, protocols: null, portNumbers: null, executablePathContains: null, listenAddresses: null },
  orderBy: [],
};

/** Over an HSS with these rows, which filters as HSS does and counts no further than `totalCap`, and what it was asked. */
export function openPortsOver(rows: readonly PortRow[], { maxRows = 2_000, totalCap = Infinity } = {}) {
  const calls: { list: PortList; offset: number; limit: number }[] = [];
  const hss: Pick<Hss, 'listPorts'> = {
    listPorts(list, offset, limit) {
      calls.push({ list, offset, limit });
      const matching = hssFilter(rows, list);
      return Promise.resolve({
        total: Math.min(matching.length, totalCap),
        rows: matching.slice(offset, offset + limit),
        bytes: 0,
      });
    },
  };
  const cost = createOperationCost(100);
  return {
    openPorts: createOpenPorts(hss, cost, {
      rowLimit: withEnd(createRowLimit()),
      memory: createMemory(),
      maxWholeListRows: maxRows,
    }),
    calls,
    cost,
  };
}

export const hssFilter = (rows: readonly PortRow[], list: PortList): PortRow[] =>
  rows.filter(
    ({ hostId, port, protocol, status }) =>
      hostId === list.hostId &&
      [null, port].includes(list.port) &&
      [null, protocol].includes(list.protocol) &&
      [null, status].includes(list.status),
  );
