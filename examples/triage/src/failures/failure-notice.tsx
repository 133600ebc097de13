import { useLayoutEffect, useRef } from 'react';
import type { Failure } from './failure.ts';
import { RetryButton } from './retry-button.tsx';

interface FailureNoticeProps {
  readonly failure: Failure;
  readonly onRetry: () => void;
}

/** What to do, for codes where trying again is not the best advice. */
const advice: Readonly<Record<string, string>> = {
  COST_LIMIT_EXCEEDED:
    'This list is too long to be sorted or searched. Filter by protocol, status or port, or do not sort.',
  FORBIDDEN: 'The token does not permit this, or not in this enterprise project.',
};

/** What it stands in must be able to take the focus. */
export function FailureNotice({ failure: { code, message, retryAt }, onRetry }: FailureNoticeProps) {
  const notice = useRef<HTMLDivElement>(null);
  // It goes away with its button once that is pressed, and would take the focus with it.
  useLayoutEffect(() => {
    const element = notice.current;
    return () => {
      if (element?.contains(document.activeElement)) element.parentElement?.focus();
    };
  }, []);
  return (
    <div className="failure" role="alert" ref={notice}>
      <strong className="code">{code}</strong>
      <span>{advice[code] ?? message}</span>
      <RetryButton retryAt={retryAt} onRetry={onRetry}>
        Try again
      </RetryButton>
    </div>
  );
}
