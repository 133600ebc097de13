import type { StatusCountsFragment } from '../graphql/generated/graphql.ts';
import type { Failure } from '../failures/failure.ts';
import { FailureNotice } from '../failures/failure-notice.tsx';

interface HostCardProps {
  readonly id: string;
  /** Null: on its way, or no answer. */
  readonly counts: StatusCountsFragment | null;
  readonly failure: Failure | null;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
  readonly onRetry: () => void;
}

const statuses = ['danger', 'unknown', 'normal'] as const;

/** A host, how many ports it has, and how dangerous they are. */
export function HostCard({ id, counts, failure, isChosen, onChoose, onRetry }: HostCardProps) {
  const total = counts?.all?.totalCount;
  const danger = counts?.danger?.totalCount ?? 0;
  return (
    <li className="host" tabIndex={-1} aria-busy={counts === null && failure === null}>
      <button type="button" className="host-choice" aria-pressed={isChosen} onClick={onChoose}>
        <span className="host-id">{id}</span>
        {total !== undefined && (
          <span className="host-counts">
            {total.toLocaleString('en')} {total === 1 ? 'port' : 'ports'}
            {danger > 0 && <span className="host-danger"> · {danger.toLocaleString('en')} dangerous</span>}
          </span>
        )}
        {total !== undefined && total > 0 && (
          <span className="host-bar" aria-hidden="true">
            {statuses.map((status) => (
              <span key={status} className={`bar-${status}`} style={{ flexGrow: counts?.[status]?.totalCount ?? 0 }} />
            ))}
          </span>
        )}
      </button>
      {failure && <FailureNotice failure={failure} onRetry={onRetry} />}
    </li>
  );
}
