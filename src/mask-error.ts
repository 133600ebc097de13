import { GraphQLError } from 'graphql';
import { HssError } from './hss/errors.ts';
import { codeOfKind } from './schema/error-codes.ts';

/**
 * The one place where what was thrown becomes what a client sees. A GraphQLError with a code is meant to be seen; an
 * HssError gets the code of its kind; a request that GraphQL refuses is the client's fault; all else is a bug.
 */
export function maskError(error: unknown): GraphQLError {
  const located = error instanceof GraphQLError ? error : null;
  const thrown = located?.originalError ?? error;
  if (thrown instanceof HssError) return at(located, thrown.message, toExtensions(thrown), thrown);
  if (located?.extensions.code !== undefined) return located;
  // Coercion of variables and the like, graphql's own errors: refused before a field was executed.
  if (located && !located.path && (!located.originalError || located.originalError instanceof GraphQLError))
    return at(located, located.message, { code: 'BAD_USER_INPUT' });
  return at(located, 'Unexpected error.', { code: 'INTERNAL_SERVER_ERROR' }, thrown);
}

function toExtensions({ kind, status, code, requestId, retryAfterSeconds }: HssError): Record<string, unknown> {
  return {
    code: codeOfKind[kind],
    ...(status !== null && { upstream: { status, code, requestId } }),
    ...(retryAfterSeconds !== null && { retryAfterSeconds }),
  };
}

function at(
  located: GraphQLError | null,
  message: string,
  extensions: Record<string, unknown>,
  cause?: unknown,
): GraphQLError {
  return new GraphQLError(message, {
    nodes: located?.nodes,
    source: located?.source,
    positions: located?.positions,
    path: located?.path,
    // For the log alone: it is not serialised.
    originalError: cause instanceof Error ? cause : undefined,
    extensions,
  });
}
