import { Button } from '../button.tsx';
import { useSecondsLeft } from './use-seconds-left.ts';

interface RetryButtonProps {
  readonly retryAt: number | null;
  readonly onRetry: () => void;
  /** What a screen reader says after the text. */
  readonly about?: string;
  readonly children: string;
}

/** Can be pressed once trying again may help, and counts down to it. */
export function RetryButton({ retryAt, onRetry, about, children }: RetryButtonProps) {
  const secondsLeft = useSecondsLeft(retryAt);
  const text = secondsLeft > 0 ? `${children} in ${String(secondsLeft)} s` : children;
  return (
    <Button className="small" isIdle={secondsLeft > 0} aria-label={about && `${text} ${about}`} onClick={onRetry}>
      {text}
    </Button>
  );
}
