import { CombinedGraphQLErrors, type ErrorLike } from '@apollo/client';

/** Why there is no answer, as the page shows it. */
export interface Failure {
  /** `extensions.code` of the gateway: the contract. */
  readonly code: string;
  readonly message: string;
  /** When trying again may help, in milliseconds since 1970. */
  readonly retryAt: number | null;
  /** Where in the answer something is missing. */
  readonly path: readonly (string | number)[];
}

/** An error of Apollo Client as one failure for each field that has no answer. */
export function toFailures(error: ErrorLike | undefined): readonly Failure[] {
  if (!error) return [];
  if (!CombinedGraphQLErrors.is(error)) {
    return [{ code: 'NO_ANSWER', message: 'The gateway gave no answer.', retryAt: null, path: [] }];
  }
  return error.errors.map(({ message, path = [], extensions = {} }) => ({
    code: typeof extensions.code === 'string' ? extensions.code : 'INTERNAL_SERVER_ERROR',
    message,
    retryAt: toRetryAt(extensions.retryAfterSeconds),
    path,
  }));
}

/** Seconds from now as a time; null where nobody knows. */
export function toRetryAt(seconds: unknown): number | null {
  return typeof seconds === 'number' ? Date.now() + seconds * 1000 : null;
}
