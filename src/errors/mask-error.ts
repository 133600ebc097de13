import { GraphQLError } from 'graphql';
import { HssError } from '../hss/transport/errors.ts';
import { replaceError } from './replace-error.ts';
import { codeOfKind } from './codes.ts';

/**
 * The one place where what was thrown becomes what a client sees. A GraphQLError with a code is meant to be seen; an
 * HssError gets the code of its kind; a request that GraphQL refuses is the client's fault; all else is a bug.
 */
export function maskError(error: unknown): GraphQLError {
  const located = error instanceof GraphQLError ? error : null;
  const thrown = located?.originalError ?? error;
  if (thrown instanceof HssError) {
    return replaceError(located, { message: thrown.message, extensions: toExtensions(thrown), cause: thrown });
  }
  if (located?.extensions.code !== undefined) return located;
  // Coercion of variables and the like, graphql's own errors: refused before a field was executed.
  if (located && !located.path && (!located.originalError || located.originalError instanceof GraphQLError)) {
    return replaceError(located, { message: located.message, extensions: { code: 'BAD_USER_INPUT' } });
  }
  const extensions = { code: 'INTERNAL_SERVER_ERROR' };
  return replaceError(located, { message: 'Unexpected error.', extensions, cause: thrown });
}

function toExtensions({
  kind,
  status,
  code,
  requestId,
  retryAfterSeconds,
  estimate,
  budget,
}: HssError): Record<string, unknown> {
  return {
    code: codeOfKind[kind],
    ...(status !== null && { upstream: { status, code, requestId } }),
    ...(retryAfterSeconds !== null && { retryAfterSeconds }),
    ...(estimate !== null && { estimate }),
    ...(budget !== null && { budget }),
  };
}
