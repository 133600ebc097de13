import {
  execute,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import type { CompiledQuery } from 'graphql-jit';

/** Executes one operation of a document. */
export type Executor = (
  context: object,
  variables: Readonly<Record<string, unknown>>,
) => ExecutionResult | Promise<ExecutionResult>;

/** Compiling takes 10 ms, and pays for itself after some hundred executions: a document is compiled that comes again. */
const executionsToCompile = 3;
/** Compiling takes longer than in proportion to the document, and stops the event loop: long ones are not compiled. */
const maxCompiledCharacters = 10_000;
/** Generated code has such names as keys of plain objects, where they mean something else. */
const unsafeName = /\b__proto__\b/;

/**
 * Executes by graphql-js first, and by code that graphql-jit has compiled when the document comes again. Both give the
 * same results: test/operation/executor.test.ts compares them.
 */
export function createExecutor(
  schema: GraphQLSchema,
  document: DocumentNode,
  { name, loc }: OperationDefinitionNode,
): Executor {
  const operationName = name?.value;
  const text = loc?.source.body ?? '';
  let executions = text.length > maxCompiledCharacters || unsafeName.test(text) ? -Infinity : 0;
  let compiled: CompiledQuery['query'] | null = null;

  async function compile(): Promise<void> {
    const { compileQuery, isCompiledQuery } = await import('graphql-jit');
    const result = compileQuery(schema, document, operationName, { disablingCapturingStackErrors: true });
    if (isCompiledQuery(result)) compiled = result.query;
  }

  return (contextValue, variableValues) => {
    if (compiled) return compiled(undefined, contextValue, variableValues);
    executions += 1;
    if (executions === executionsToCompile) void compile();
    return execute({ schema, document, operationName, contextValue, variableValues });
  };
}
