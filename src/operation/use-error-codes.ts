import type { ExecutionResult, GraphQLError } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import { replaceError } from '../errors/replace-error.ts';

export interface ErrorCodeOptions {
  /** Whether validation may name fields of the schema that a client has not. */
  readonly suggestions: boolean;
}

/** Codes of this gateway for what Yoga refuses itself; see docs/architecture.md. */
const codeOf: ReadonlyMap<unknown, string> = new Map([
  ['BAD_REQUEST', 'BAD_USER_INPUT'],
  ['OPERATION_RESOLUTION_FAILURE', 'BAD_USER_INPUT'],
]);

/** Every error of a refused request gets a code of the contract, and the HTTP status that GraphQL over HTTP asks for. */
export function useErrorCodes({ suggestions }: ErrorCodeOptions): Plugin {
  return {
    onResultProcess(processed) {
      const { result } = processed;
      if (Array.isArray(result) || isAsyncIterable(result)) return;
      const { errors, data } = result as ExecutionResult;
      if (!errors || data !== undefined) return;
      processed.setResult({ ...result, errors: errors.map((error) => toRefusal(error, suggestions)) });
    },
  };
}

/** A message may quote the document, and a name in it may be as long as the body. */
const maxMessageLength = 1_000;

function toRefusal(error: GraphQLError, suggestions: boolean): GraphQLError {
  const { code, http, ...extensions } = error.extensions as { code?: unknown; http?: object; originalError?: unknown };
  // Yoga's: it quotes the body that was sent.
  delete extensions.originalError;
  if (code === 'INTERNAL_SERVER_ERROR') {
    return replaceError(error, {
      message: error.message,
      extensions: { code, http: { status: 500 } },
      cause: error.originalError,
    });
  }
  const message = suggestions ? error.message : error.message.replace(/ Did you mean .*$/s, '');
  return replaceError(error, {
    message: message.length > maxMessageLength ? `${message.slice(0, maxMessageLength)}…` : message,
    extensions: {
      ...extensions,
      code: codeOf.get(code) ?? code ?? 'BAD_USER_INPUT',
      // Under `application/json` a document that is refused is answered 200, a request that holds none is not.
      http: code === 'BAD_REQUEST' ? { ...http, spec: false } : (http ?? { status: 400, spec: true }),
    },
  });
}
