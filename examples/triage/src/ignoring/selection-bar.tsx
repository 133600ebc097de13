import { Button } from '../button.tsx';
import type { OpenPortRowFragment } from '../graphql/generated/graphql.ts';
import type { Selection } from './selection.ts';

interface SelectionBarProps {
  readonly selection: Selection;
  /** Those of the table: others may be selected, too. */
  readonly rows: readonly OpenPortRowFragment[];
  readonly onIgnore: (ignore: boolean) => void;
}

/** As many as one setPortIgnore takes. */
const maxTargets = 2_000;

export function SelectionBar({ selection: { targets, clear }, rows, onIgnore }: SelectionBarProps) {
  const count = targets.length;
  const isTooMany = count > maxTargets;
  const shown = new Set(rows.map(({ ignoreKey }) => ignoreKey));
  const hidden = targets.filter(({ ignoreKey }) => !shown.has(ignoreKey)).length;
  return (
    <div className="selection" role="group" aria-label="Selected ports">
      <span aria-live="polite">
        {count === 0 ? 'Nothing selected' : `${count.toLocaleString('en')} selected`}
        {hidden > 0 && `, ${hidden.toLocaleString('en')} not shown`}
        {isTooMany && `: at most ${maxTargets.toLocaleString('en')} at once`}
      </span>
      <Button className="primary" isIdle={count === 0 || isTooMany} onClick={() => onIgnore(true)}>
        Ignore
      </Button>
      <Button isIdle={count === 0 || isTooMany} onClick={() => onIgnore(false)}>
        Stop ignoring
      </Button>
      <Button className="quiet" aria-label="Clear selection" isIdle={count === 0} onClick={clear}>
        Clear
      </Button>
    </div>
  );
}
