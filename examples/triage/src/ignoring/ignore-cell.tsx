import { useFragment } from '@apollo/client/react';
import type { OpenPortRowFragment, RowIgnoreMarkFragment } from '../graphql/generated/graphql.ts';
import { RetryButton } from '../failures/retry-button.tsx';
import { RowIgnoreMark } from './ignore-mark.ts';
import { useIgnoring } from './ignoring-context.ts';
import { whyNot } from './why-not.ts';

/** What became of asking to ignore a row, and what can be done next. */
export function IgnoreCell({ row }: { readonly row: OpenPortRowFragment }) {
  const { data } = useFragment({
    fragment: RowIgnoreMark,
    fragmentName: 'RowIgnoreMark',
    from: { __typename: 'OpenPort', id: row.id },
  });
  const setPortIgnore = useIgnoring();
  const { ignoreKey } = row;
  if (ignoreKey == null) return <span className="why-not">{whyNot(row)}</span>;

  const { ignoreMark: mark } = data as RowIgnoreMarkFragment;
  const name = `${String(row.port)} ${row.protocol ?? ''}`;
  const ask = (ignore: boolean) => () => setPortIgnore(ignore, [{ portId: row.id, ignoreKey }]);

  if (mark && mark.outcome !== 'ACCEPTED') {
    const isUnknown = mark.outcome === 'UNKNOWN';
    return (
      <span className={isUnknown ? 'mark mark-unknown' : 'mark mark-rejected'} title={mark.message ?? undefined}>
        <span className="mark-text">
          {isUnknown ? 'May have happened' : mark.ignored ? 'Still ignored' : 'Not ignored'}
          <span className="code">{mark.code}</span>
        </span>
        <RetryButton
          retryAt={mark.retryAt ?? null}
          label={isUnknown ? `Ask again for ${name}` : undefined}
          onRetry={ask(mark.asked)}
        >
          {isUnknown ? 'Ask again' : 'Try again'}
        </RetryButton>
      </span>
    );
  }
  return (
    <span className={mark?.ignored ? 'mark mark-ignored' : 'mark'}>
      {mark?.ignored && <span className="mark-text">Ignored</span>}
      <button
        type="button"
        className="small"
        aria-label={mark?.ignored ? `Stop ignoring ${name}` : `Ignore ${name}`}
        onClick={ask(!mark?.ignored)}
      >
        {mark?.ignored ? 'Undo' : 'Ignore'}
      </button>
    </span>
  );
}
