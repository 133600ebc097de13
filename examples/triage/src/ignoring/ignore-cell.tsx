import { useFragment } from '@apollo/client/react';
import type { OpenPortRowFragment, RowIgnoreMarkFragment } from '../graphql/generated/graphql.ts';
import { RetryButton } from '../failures/retry-button.tsx';
import { portName } from '../ports/port-name.ts';
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
  const { text, className, verb, about } = sayingOf(mark);
  const ask = mark?.outcome === 'ACCEPTED' ? !mark.ignored : (mark?.asked ?? true);
  return (
    <span className={`mark ${className}`} title={mark?.message ?? undefined}>
      {text && (
        <span className="mark-text">
          {text}
          {mark?.code && <span className="code">{mark.code}</span>}
        </span>
      )}
      {/* One button for all that may become of it: another in its place would not have the focus. */}
      <RetryButton
        retryAt={mark?.retryAt ?? null}
        about={`${about} ${portName(row)}`.trim()}
        onRetry={() => setPortIgnore(ask, [{ portId: row.id, ignoreKey }])}
      >
        {verb}
      </RetryButton>
    </span>
  );
}

/** What is known of a row, and what its button does; `about` leads from there to the port. */
function sayingOf(mark: RowIgnoreMarkFragment['ignoreMark']) {
  if (mark?.outcome === 'UNKNOWN') {
    return { text: 'May have happened', className: 'mark-unknown', verb: 'Ask again', about: 'for' };
  }
  if (mark?.outcome === 'REJECTED') {
    const text = mark.ignored ? 'Still ignored' : 'Not ignored';
    return { text, className: 'mark-rejected', verb: 'Try again', about: 'for' };
  }
  if (mark?.ignored) return { text: 'Ignored', className: 'mark-ignored', verb: 'Undo', about: 'ignoring' };
  return { text: null, className: '', verb: 'Ignore', about: '' };
}
