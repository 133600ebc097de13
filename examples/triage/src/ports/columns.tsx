import { createColumnHelper, metaHelper, rowSortingFeature, tableFeatures } from '@tanstack/react-table';
import type { OpenPortOrderField, OpenPortRowFragment } from '../graphql/generated/graphql.ts';
import { IgnoreCell } from '../ignoring/ignore-cell.tsx';
import { ExecutablePath } from './executable-path.tsx';

/** HSS's rows are sorted by the gateway: the table only remembers by what. */
export const features = tableFeatures({ rowSortingFeature, columnMeta: metaHelper<{ readonly className: string }>() });

const column = createColumnHelper<typeof features, OpenPortRowFragment>();

export const columns = column.columns([
  column.accessor('port', {
    header: 'Port',
    meta: { className: 'col-port' },
    cell: ({ row: { original } }) => (
      <>
        {original.port ?? '–'}
        {/* What a narrow page has no columns for. */}
        <span className="beside">{original.protocol}</span>
        <ExecutablePath path={original.executablePath} />
      </>
    ),
  }),
  column.accessor('protocol', {
    header: 'Protocol',
    meta: { className: 'col-protocol' },
    cell: ({ getValue }) => getValue() ?? '–',
  }),
  column.accessor('status', {
    header: 'Status',
    // Danger first.
    sortDescFirst: true,
    meta: { className: 'col-status' },
    cell: ({ getValue }) => {
      const status = getValue();
      return status && <span className={`badge badge-${status.toLowerCase()}`}>{status.toLowerCase()}</span>;
    },
  }),
  column.accessor('listenAddress', {
    header: 'Address',
    meta: { className: 'col-address' },
    cell: ({ getValue }) => getValue() ?? '–',
  }),
  column.accessor('executablePath', {
    header: 'Process',
    meta: { className: 'col-path' },
    cell: ({ getValue }) => <ExecutablePath path={getValue()} />,
  }),
  column.accessor('pid', { header: 'PID', meta: { className: 'col-pid' }, cell: ({ getValue }) => getValue() ?? '–' }),
  column.display({
    id: 'ignored',
    header: 'Ignored',
    meta: { className: 'col-ignored' },
    cell: ({ row }) => <IgnoreCell row={row.original} />,
  }),
]);

/** What the gateway calls a column that it sorts by. */
export const orderFields: Readonly<Record<string, OpenPortOrderField>> = {
  port: 'PORT',
  protocol: 'PROTOCOL',
  status: 'STATUS',
  listenAddress: 'LISTEN_ADDRESS',
  executablePath: 'EXECUTABLE_PATH',
  pid: 'PID',
};
