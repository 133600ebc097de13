import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { HssError } from '../hss/transport/errors.ts';
import { codeOfKind, type ErrorCode } from './codes.ts';

/** An error as a client sees it. */
export interface MaskedError extends GraphQLFormattedError {
  readonly extensions: Readonly<Record<string, unknown>> & { readonly code: ErrorCode };
}

/**
 * The only place that turns what was thrown into what a client sees. A GraphQLError with a code is meant to be seen; an
 * HssError gets the code of its kind; a request that GraphQL refuses is the client's fault; anything else is a bug.
 */
export function maskError(error: unknown): MaskedError {
  const located = error instanceof GraphQLError ? error : null;
  const thrown = located?.originalError ?? error;
  if (thrown instanceof HssError)
    return at(located, thrown.message, { code: codeOfKind[thrown.kind], ...detailsOf(thrown) });
  const given: Readonly<Record<string, unknown>> | undefined = located?.extensions;
  if (located && given?.code !== undefined) {
    const extensions: Record<string, unknown> = { ...given };
    delete extensions.http;
    return at(located, located.message, extensions as MaskedError['extensions']);
  }
  // graphql's own errors, such as those of coercing variables: refused before any field was executed.
  if (located && !located.path && (!located.originalError || located.originalError instanceof GraphQLError)) {
    return at(located, located.message, { code: 'BAD_USER_INPUT' });
  }
  return at(located, 'Unexpected error.', { code: 'INTERNAL_SERVER_ERROR' });
}

/** Not a GraphQLError: its stack, and finding its place in the document, would cost more than everything else. */
function at(located: GraphQLError | null, message: string, extensions: MaskedError['extensions']): MaskedError {
  const { locations, path } = located ?? {};
  return { message, ...(locations && { locations }), ...(path && { path }), extensions };
}

function detailsOf(error: HssError): Record<string, unknown> {
  const { status, code, requestId, retryAfterSeconds, estimate, budget } = error;
  return {
    ...(status !== null && { upstream: { status, code, requestId } }),
    ...(retryAfterSeconds !== null && { retryAfterSeconds }),
    ...(estimate !== null && { estimate }),
    ...(budget !== null && { budget }),
  };
}
