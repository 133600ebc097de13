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

interface Asked {
  readonly list: PortList;
  readonly offset: number;
  readonly limit: number;
}

interface ModelOptions {
  readonly maxRows?: number;
  /** HSS counts no further. */
  readonly totalCap?: number;
  readonly fail?: (call: Asked) => Error | null;
}

/** Over an HSS with these rows, which filters as HSS does, and what it was asked. */
export function openPortsOver(
  rows: readonly PortRow[],
  { maxRows = 2_000, totalCap = Infinity, fail = () => null }: ModelOptions = {},
) {
  const calls: Asked[] = [];
  const hss: Pick<Hss, 'listPorts'> = {
    listPorts(list, offset, limit) {
      const call = { list, offset, limit };
      calls.push(call);
      const failure = fail(call);
      if (failure) return Promise.reject(failure);
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
