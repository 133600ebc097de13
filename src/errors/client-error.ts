import { GraphQLError } from 'graphql';
import type { ErrorCode } from './codes.ts';

/** What is told beside the code; `http` is for the HTTP layer alone, and reaches no client. */
export interface ClientErrorExtensions {
  /** Dotted path of the argument at fault, as the client wrote it; a header by its name. */
  readonly argument?: string;
  readonly estimate?: number;
  readonly budget?: number;
  readonly http?: { readonly status: number };
}

/** The one maker of errors that are a client's own, and whose message a client sees. */
export function clientError(code: ErrorCode, message: string, extensions: ClientErrorExtensions = {}): GraphQLError {
  return withoutStack(() => new GraphQLError(message, { extensions: { code, ...extensions } }));
}

/** An operation may bring thousands of errors, and stacks that nobody sees would take most of its time. */
export function withoutStack<E extends Error>(make: () => E): E {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return make();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** An argument that is refused before any call; `argument` is its dotted path as the client wrote it. */
export const badInput = (argument: string, message: string): GraphQLError =>
  clientError('BAD_USER_INPUT', message, { argument });
