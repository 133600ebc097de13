import { GraphQLError } from 'graphql';
import { maskError, type MaskedError } from '../errors/mask-error.ts';
import { HssError } from '../hss/transport/errors.ts';
import type { OperationResult } from '../http/graphql-response.ts';

/** A message may quote the document, and a name in it may be as long as the body. */
const maxMessageLength = 1_000;

export interface RefusalOptions {
  /** Whether validation may name parts of the schema that the client did not. */
  readonly suggestions: boolean;
}

/** The result of an operation refused before its execution: errors, no data, and an HTTP status. */
export function toRefusal(errors: readonly unknown[], { suggestions }: RefusalOptions): OperationResult {
  const masked = errors.map(maskError).map((error) => shorten(error, suggestions));
  return { errors: masked, refusal: statusOf(errors[0], masked[0]) };
}

function statusOf(error: unknown, masked: MaskedError | undefined): OperationResult['refusal'] {
  if (masked?.extensions.code === 'INTERNAL_SERVER_ERROR') return { status: 500 };
  // Before execution, only a full queue throws one: the gateway is busy.
  if (error instanceof HssError) return { status: 503, spec: true };
  const http = error instanceof GraphQLError ? (error.extensions.http as OperationResult['refusal']) : null;
  return http ?? { status: 400, spec: true };
}

function shorten(error: MaskedError, suggestions: boolean): MaskedError {
  const message = suggestions ? error.message : error.message.replace(/ Did you mean .*$/s, '');
  return { ...error, message: message.length > maxMessageLength ? `${message.slice(0, maxMessageLength)}…` : message };
}
