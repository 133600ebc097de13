import { GraphQLError } from 'graphql';
import type { ErrorCode } from './codes.ts';

/** Details beside the code. `http` is only for the HTTP layer, and never reaches a client. */
export interface ClientErrorExtensions {
  /** Dotted path of the argument at fault, as the client wrote it, or the name of a header. */
  readonly argument?: string;
  readonly estimate?: number;
  readonly budget?: number;
  readonly http?: { readonly status: number };
}

/** The only place that creates errors that are the client's fault and whose message the client sees. */
export function clientError(code: ErrorCode, message: string, extensions: ClientErrorExtensions = {}): GraphQLError {
  return withoutStack(() => new GraphQLError(message, { extensions: { code, ...extensions } }));
}

/** An operation may have thousands of errors; capturing stacks that nobody sees would take most of its time. */
export function withoutStack<E extends Error>(make: () => E): E {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return make();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** For an argument refused before any call; `argument` is its dotted path as the client wrote it. */
export const badInput = (argument: string, message: string): GraphQLError =>
  clientError('BAD_USER_INPUT', message, { argument });
