import { GraphQLError } from 'graphql';

/** What a client is told instead of what was thrown, at the same place in the document and the answer. */
export interface Replacement {
  readonly message: string;
  readonly extensions: Record<string, unknown>;
  /** For the log alone: it is not serialised. */
  readonly cause?: unknown;
}

/** `located` is where it happened; null: nowhere that GraphQL knows of. */
export function replaceError(located: GraphQLError | null, { message, extensions, cause }: Replacement): GraphQLError {
  return new GraphQLError(message, {
    nodes: located?.nodes,
    source: located?.source,
    positions: located?.positions,
    path: located?.path,
    originalError: cause instanceof Error ? cause : undefined,
    extensions,
  });
}
