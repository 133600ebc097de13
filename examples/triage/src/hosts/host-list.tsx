import { useQuery } from '@apollo/client/react';
import { useMemo } from 'react';
import { toFailures } from '../failures/failure.ts';
import { readFragment } from '../graphql/generated/fragment-masking.ts';
import { AddHost } from './add-host.tsx';
import { HostCard } from './host-card.tsx';
import { countsOf, StatusCounts, StatusCountsDocument } from './status-counts.ts';

interface HostListProps {
  readonly ids: string[];
  readonly chosen: string | null;
  readonly onChoose: (id: string) => void;
}

/** The hosts side by side, in one operation: what one of them lacks leaves the others as they are. */
export function HostList({ ids, chosen, onChoose }: HostListProps) {
  const { data, previousData, error, refetch } = useQuery(StatusCountsDocument, {
    variables: countsOf(ids),
    skip: ids.length === 0,
    errorPolicy: 'all',
    notifyOnNetworkStatusChange: true,
  });
  const failures = useMemo(() => toFailures(error), [error]);
  const counts = new Map(
    (data ?? previousData)?.hosts.flatMap((host) => {
      const known = readFragment(StatusCounts, host);
      return known ? [[known.id, known] as const] : [];
    }),
  );

  return (
    <nav className="hosts" aria-label="Hosts">
      <AddHost onAdd={onChoose} />
      <ul>
        {ids.map((id, index) => (
          <HostCard
            key={id}
            id={id}
            counts={counts.get(id) ?? null}
            // By the index where the path has it; routers may leave it out, and then the null tells.
            failure={
              failures.find(({ path }) => path[1] === index) ?? failures.find(({ path }) => path.length < 2) ?? null
            }
            isChosen={id === chosen}
            onChoose={() => onChoose(id)}
            onRetry={() => void refetch()}
          />
        ))}
      </ul>
    </nav>
  );
}
