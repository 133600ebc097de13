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

export function FailureNotice({ failure: { code, message, retryAt }, onRetry }: FailureNoticeProps) {
  return (
    <div className="failure" role="alert">
      <strong className="code">{code}</strong>
      <span>{advice[code] ?? message}</span>
      <RetryButton retryAt={retryAt} onRetry={onRetry}>
        Try again
      </RetryButton>
    </div>
  );
}
