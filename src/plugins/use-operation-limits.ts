import { maxAliasesPlugin } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthPlugin } from '@escape.tech/graphql-armor-max-depth';
import { maxDirectivesPlugin } from '@escape.tech/graphql-armor-max-directives';
import { maxTokensPlugin } from '@escape.tech/graphql-armor-max-tokens';
import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/** Far above what the schema's tables, GraphiQL's introspection and codegen's need; far below what hurts. */
export const operationLimits = { depth: 15, aliases: 100, directives: 50, tokens: 5_000 } as const;

/** Refuses documents whose size has no use, each limit with a code of its own. */
export function useOperationLimits(): Plugin {
  const { depth, aliases, directives, tokens } = operationLimits;
  return {
    onPluginInit({ addPlugin }) {
      addPlugin(maxTokensPlugin({ n: tokens, onReject: [refuse('MAX_TOKENS_LIMIT', `${tokens} tokens`)] }));
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
function refuse(code: string, most: string): () => never {
  return () => {
    throw new GraphQLError(`The operation is too large: it may have ${most} at most.`, {
      extensions: { code, http: { status: 400, spec: true } },
    });
  };
}
