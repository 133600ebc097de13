import { GraphQLError, NoSchemaIntrospectionCustomRule, type DocumentNode, type GraphQLSchema } from 'graphql';
import { createYoga, type Plugin } from 'graphql-yoga';
import { clientError, type ClientErrorExtensions } from '../errors/client-error.ts';
import type { ErrorCode } from '../errors/codes.ts';
import { checkIgnored } from './ignored-characters.ts';
import { useOperationLimits } from './limits.ts';

/** Reads documents: parses them, and validates them against the schema and the limits. */
export interface Engine {
  /** The document, or why it is refused. */
  readonly read: (text: string) => DocumentNode | readonly unknown[];
}

export interface EngineOptions {
  readonly schema: GraphQLSchema;
  readonly introspection: boolean;
}

/** More errors tell a client nothing, and locating each one scans the document from its start. */
const maxValidationErrors = 20;

/** Yoga as the engine: its plugins see each document once, when it is parsed and validated. It handles no HTTP. */
export function createEngine({ schema, introspection }: EngineOptions): Engine {
  const yoga = createYoga({
    schema,
    logging: false,
    maskedErrors: false,
    // documents.ts keeps documents, with everything prepared from them.
    parserAndValidationCache: false,
    plugins: [useOperationLimits(), !introspection && useNoIntrospection()],
  });
  return {
    read(text) {
      const { parse, validate } = yoga.getEnveloped({});
      try {
        const document = parse(text) as DocumentNode;
        checkIgnored(text, document);
        const options = { maxErrors: maxValidationErrors };
        const errors = validate(schema, document, undefined, options) as readonly GraphQLError[];
        return errors.length === 0 ? document : errors.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED'));
      } catch (error) {
        return [withCode(error, 'GRAPHQL_PARSE_FAILED')];
      }
    },
  };
}

/** graphql-js's message for too many fields of one name to compare with each other, or too entangled fragments. */
const aborted = 'Validation aborted.';
const tooManyFields = 'The document has too many fields of one name, or fragments, in one place to be validated.';

/**
 * graphql-js's errors have no code, but hold the nodes of their document, with all of its tokens: the errors are
 * remembered, and the document need not be. Any other error is a bug, and stays as it is.
 */
function withCode(error: unknown, code: ErrorCode): unknown {
  if (!(error instanceof GraphQLError) || error.originalError) return error;
  const { locations, extensions } = error;
  const message = error.message === aborted ? tooManyFields : error.message;
  return Object.assign(clientError(code, message, extensions as ClientErrorExtensions), { locations });
}

/** Refuses introspection. Routers still get the schema by `_service`. */
function useNoIntrospection(): Plugin {
  return {
    onValidate({ addValidationRule }) {
      addValidationRule(NoSchemaIntrospectionCustomRule);
    },
  };
}
