import type { ReactNode } from 'react';
import { useSecondsLeft } from './use-seconds-left.ts';

interface RetryButtonProps {
  readonly retryAt: number | null;
  readonly onRetry: () => void;
  /** What a screen reader says in place of the text. */
  readonly label?: string;
  readonly children: ReactNode;
}

/** Can be pressed once trying again may help, and counts down to it. */
export function RetryButton({ retryAt, onRetry, label, children }: RetryButtonProps) {
  const secondsLeft = useSecondsLeft(retryAt);
  return (
    <button type="button" className="small" disabled={secondsLeft > 0} aria-label={label} onClick={onRetry}>
      {children}
      {secondsLeft > 0 && ` in ${String(secondsLeft)} s`}
    </button>
  );
}
