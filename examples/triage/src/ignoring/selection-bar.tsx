import type { Selection } from './selection.ts';

interface SelectionBarProps {
  readonly selection: Selection;
  readonly onIgnore: (ignore: boolean) => void;
}

/** As many as one setPortIgnore takes. */
const maxTargets = 2_000;

export function SelectionBar({ selection: { targets, clear }, onIgnore }: SelectionBarProps) {
  const count = targets.length;
  const isTooMany = count > maxTargets;
  return (
    <div className="selection" role="group" aria-label="Selected ports">
      <span aria-live="polite">
        {count === 0 ? 'Nothing selected' : `${count.toLocaleString('en')} selected`}
        {isTooMany && `: at most ${maxTargets.toLocaleString('en')} at once`}
      </span>
      <button type="button" className="primary" disabled={count === 0 || isTooMany} onClick={() => onIgnore(true)}>
        Ignore
      </button>
      <button type="button" disabled={count === 0 || isTooMany} onClick={() => onIgnore(false)}>
        Stop ignoring
      </button>
      <button type="button" className="quiet" disabled={count === 0} onClick={clear}>
        Clear
      </button>
    </div>
  );
}
