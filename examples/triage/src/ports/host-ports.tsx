import type { SortingState } from '@tanstack/react-table';
import { useState } from 'react';
import { toFailures, type Failure } from '../failures/failure.ts';
import { FailureNotice } from '../failures/failure-notice.tsx';
import { IgnoringContext } from '../ignoring/ignoring-context.ts';
import { outcomeSentence } from '../ignoring/outcome-sentence.ts';
import { useSelection } from '../ignoring/selection.ts';
import { SelectionBar } from '../ignoring/selection-bar.tsx';
import { useSetPortIgnore, type Target } from '../ignoring/use-set-port-ignore.ts';
import { orderFields } from './columns.tsx';
import { FilterBar } from './filter-bar.tsx';
import { noFilters, toFilterInput } from './filters.ts';
import { PortTable } from './port-table.tsx';
import { StatusTabs } from './status-tabs.tsx';
import { useCountAgain } from './use-count-again.ts';
import { useOpenPorts } from './use-open-ports.ts';
import { useSettled } from './use-settled.ts';

/** The table of one host, with all that asks for it. */
export function HostPorts({ hostId }: { readonly hostId: string }) {
  const [filters, setFilters] = useState(noFilters);
  const [sorting, setSorting] = useState<SortingState>([]);
  const [refusal, setRefusal] = useState<{ readonly failure: Failure; readonly again: () => void } | null>(null);
  const [said, setSaid] = useState('');
  const selection = useSelection();
  const setPortIgnore = useSetPortIgnore();

  const { status } = filters;
  const filter = toFilterInput(useSettled(filters));
  const orderBy = sorting.flatMap(({ id, desc }) => {
    const field = orderFields[id];
    return field ? [{ field, direction: desc ? ('DESC' as const) : ('ASC' as const) }] : [];
  });
  const ports = useOpenPorts(hostId, { ...filter, ...(status && { status }) }, orderBy);
  const countAgain = useCountAgain(hostId, filter);

  /** The counts belong to the rows: what is read anew of one is read anew of both. */
  function withCounts(read: () => void) {
    return () => {
      read();
      countAgain();
    };
  }

  function ignore(isIgnored: boolean, targets: readonly Target[]) {
    setRefusal(null);
    // A screen reader says only what has changed: the same twice in a row would be said once.
    setSaid('');
    setPortIgnore(isIgnored, targets).then(
      (results) => setSaid(outcomeSentence(isIgnored, results)),
      (error: unknown) => {
        const [failure] = toFailures(error as Error);
        if (failure) setRefusal({ failure, again: () => ignore(isIgnored, targets) });
      },
    );
  }

  return (
    <IgnoringContext value={ignore}>
      <section className="ports" tabIndex={-1} aria-label={`Ports of ${hostId}`}>
        <div className="ports-head">
          <h2>{hostId}</h2>
          <button type="button" className="quiet" onClick={withCounts(ports.readAgain)}>
            Read again
          </button>
        </div>
        <StatusTabs
          hostId={hostId}
          filter={filter}
          status={status}
          onStatus={(next) => setFilters({ ...filters, status: next })}
        />
        <FilterBar filters={filters} onFilters={setFilters} />
        {refusal && <FailureNotice failure={refusal.failure} onRetry={refusal.again} />}
        {ports.failure && <FailureNotice failure={ports.failure} onRetry={withCounts(ports.tryAgain)} />}
        <PortTable ports={ports} sorting={sorting} onSorting={setSorting} selection={selection} />
        <footer className="ports-foot">
          <Extent {...ports} />
          <p role="status" className="unseen">
            {said}
          </p>
          <SelectionBar
            selection={selection}
            rows={ports.rows}
            onIgnore={(isIgnored) => {
              ignore(isIgnored, selection.targets);
              selection.clear();
            }}
          />
        </footer>
      </section>
    </IgnoringContext>
  );
}

/** How much of the list is here. */
function Extent({
  rows,
  totalCount,
  isLoading,
}: Pick<ReturnType<typeof useOpenPorts>, 'rows' | 'totalCount' | 'isLoading'>) {
  if (totalCount === null) return <p role="status">{isLoading ? 'Reading …' : 'Nothing read.'}</p>;
  if (totalCount === 0)
    return <p role="status">No port matches. An empty list is often in another enterprise project.</p>;
  return (
    <p role="status">
      {rows.length.toLocaleString('en')} of {totalCount.toLocaleString('en')} ports
      {isLoading && ', reading …'}
    </p>
  );
}
