import { useQuery } from '@apollo/client/react';
import { readFragment } from '../graphql/generated/fragment-masking.ts';
import type { OpenPortFilterInput, PortStatus } from '../graphql/generated/graphql.ts';
import { countsOf, StatusCounts, StatusCountsDocument } from '../hosts/status-counts.ts';

interface StatusTabsProps {
  readonly hostId: string;
  /** Under which the ports are counted. */
  readonly filter: OpenPortFilterInput;
  readonly status: PortStatus | null;
  readonly onStatus: (status: PortStatus | null) => void;
}

const tabs = [
  { status: null, count: 'all', label: 'All' },
  { status: 'DANGER', count: 'danger', label: 'Danger' },
  { status: 'UNKNOWN', count: 'unknown', label: 'Unknown' },
  { status: 'NORMAL', count: 'normal', label: 'Normal' },
] as const;

/** Filters by status, and says how many ports each has. */
export function StatusTabs({ hostId, filter, status, onStatus }: StatusTabsProps) {
  const { data } = useQuery(StatusCountsDocument, { variables: countsOf([hostId], filter), errorPolicy: 'all' });
  const counts = readFragment(StatusCounts, data?.hosts[0]);

  return (
    <div className="tabs" role="group" aria-label="Status">
      {tabs.map((tab) => (
        <button
          key={tab.count}
          type="button"
          className={`tab tab-${tab.count}`}
          aria-pressed={tab.status === status}
          onClick={() => onStatus(tab.status)}
        >
          {tab.label} <span className="count">{counts?.[tab.count]?.totalCount.toLocaleString('en') ?? '–'}</span>
        </button>
      ))}
    </div>
  );
}
