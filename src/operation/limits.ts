import { maxAliasesPlugin } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthPlugin } from '@escape.tech/graphql-armor-max-depth';
import { maxDirectivesPlugin } from '@escape.tech/graphql-armor-max-directives';
import { maxTokensPlugin } from '@escape.tech/graphql-armor-max-tokens';
import type { FieldNode, GraphQLError, ValidationContext } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { clientError } from '../errors/client-error.ts';
import type { ErrorCode } from '../errors/codes.ts';

/** Far above what the schema's tables and the introspection of GraphiQL and codegen need; far below what hurts. */
export const operationLimits = { depth: 15, aliases: 100, directives: 50, tokens: 5_000, aliasLength: 128 } as const;

/** Refuses documents larger than is useful, each limit with a code of its own. */
export function useOperationLimits(): Plugin {
  const { depth, aliases, directives, tokens, aliasLength } = operationLimits;
  return {
    onValidate({ addValidationRule }) {
      addValidationRule((context: ValidationContext) => ({
        Field({ alias }: FieldNode) {
          // The alias is repeated with each value, and in the path of each error.
          if (alias && alias.value.length > aliasLength)
            context.reportError(tooLarge('MAX_ALIASES_LIMIT', `aliases of ${aliasLength} characters`));
        },
      }));
    },
    onPluginInit({ addPlugin }) {
      addPlugin(maxTokensPlugin({ n: tokens, onReject: [refuse('MAX_TOKENS_LIMIT', `${tokens} tokens`)] }));
      // After the plugin that brings its own parser.
      addPlugin({
        onParse({ parseFn, setParseFn }) {
          setParseFn((source: unknown, options: unknown) => {
            try {
              return parseFn(source, options) as unknown;
            } catch (error) {
              // Deeply nested values, such as lists of lists, overflow the parser's stack.
              throw error instanceof RangeError ? tooLarge('MAX_DEPTH_LIMIT', `${depth} levels`) : error;
            }
          });
        },
      });
      addPlugin(
        maxDepthPlugin({ n: depth, flattenFragments: true, onReject: [refuse('MAX_DEPTH_LIMIT', `${depth} levels`)] }),
      );
      addPlugin(
        maxAliasesPlugin({ n: aliases, allowList: [], onReject: [refuse('MAX_ALIASES_LIMIT', `${aliases} aliases`)] }),
      );
      addPlugin(
        maxDirectivesPlugin({ n: directives, onReject: [refuse('MAX_DIRECTIVES_LIMIT', `${directives} directives`)] }),
      );
    },
  };
}

/** graphql-armor's own rejections carry no code and call themselves syntax errors. */
function refuse(code: ErrorCode, max: string): () => never {
  return () => {
    throw tooLarge(code, max);
  };
}

const tooLarge = (code: ErrorCode, max: string): GraphQLError =>
  clientError(code, `The operation is too large: it may have ${max} at most.`);
