import { useTable, type SortingState } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef } from 'react';
import type { OpenPortRowFragment } from '../graphql/generated/graphql.ts';
import type { Selection } from '../ignoring/selection.ts';
import { columns, features } from './columns.tsx';
import { SelectAll, SelectRow } from './select-cell.tsx';
import type { OpenPorts } from './use-open-ports.ts';

interface PortTableProps {
  readonly ports: OpenPorts;
  readonly sorting: SortingState;
  readonly onSorting: (sorting: SortingState) => void;
  readonly selection: Selection;
}

const rowHeight = 44;
/** The next rows are asked for while this many of those read are still below. */
const readAhead = 20;

/** Draws the rows that are in sight, and asks for more before the end is. */
export function PortTable({ ports, sorting, onSorting, selection }: PortTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const table = useTable({
    features,
    columns,
    data: ports.rows as OpenPortRowFragment[],
    getRowId: ({ id }) => id,
    manualSorting: true,
    enableMultiSort: true,
    sortDescFirst: false,
    state: { sorting },
    onSortingChange: (change) => onSorting(typeof change === 'function' ? change(sorting) : change),
  });
  const { rows } = table.getRowModel();
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  const shown = virtualizer.getVirtualItems();
  const above = shown[0]?.start ?? 0;
  const below = virtualizer.getTotalSize() - (shown.at(-1)?.end ?? 0);

  const { list, hasMore, isLoading, readMore } = ports;
  // Another list is read from its top. Before the effect below: its rows may be here already.
  useLayoutEffect(() => {
    scroller.current?.scrollTo(0, 0);
  }, [list]);
  useEffect(() => {
    if (!scroller.current || !hasMore || isLoading) return;
    const { scrollTop, clientHeight } = scroller.current;
    if (scrollTop + clientHeight >= (rows.length - readAhead) * rowHeight) readMore();
  });

  return (
    <div className="scroller" ref={scroller} tabIndex={0} role="region" aria-label="Ports">
      <table aria-rowcount={(ports.totalCount ?? rows.length) + 1} aria-busy={isLoading}>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id} aria-rowindex={1}>
              <th className="col-select" scope="col">
                <SelectAll rows={ports.rows} selection={selection} />
              </th>
              {group.headers.map((header) => (
                <th
                  key={header.id}
                  scope="col"
                  className={header.column.columnDef.meta?.className}
                  aria-sort={toAriaSort(header.column.getIsSorted())}
                >
                  {header.column.getCanSort() ? (
                    <button type="button" onClick={header.column.getToggleSortingHandler()}>
                      <table.FlexRender header={header} />
                      <span className="arrow" aria-hidden="true" />
                    </button>
                  ) : (
                    <table.FlexRender header={header} />
                  )}
                </th>
              ))}
            </tr>
          ))}
        </thead>
        <tbody>
          {above > 0 && <tr aria-hidden="true" style={{ height: above }} />}
          {shown.map(({ index }) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <tr
                key={row.id}
                aria-rowindex={index + 2}
                aria-selected={selection.has(row.original)}
                style={{ height: rowHeight }}
              >
                <td className="col-select">
                  <SelectRow row={row.original} selection={selection} />
                </td>
                {row.getAllCells().map((cell) => (
                  <td key={cell.id} className={cell.column.columnDef.meta?.className}>
                    <table.FlexRender cell={cell} />
                  </td>
                ))}
              </tr>
            );
          })}
          {below > 0 && <tr aria-hidden="true" style={{ height: below }} />}
        </tbody>
      </table>
    </div>
  );
}

function toAriaSort(sorted: false | 'asc' | 'desc'): 'none' | 'ascending' | 'descending' {
  if (sorted === false) return 'none';
  return sorted === 'asc' ? 'ascending' : 'descending';
}
