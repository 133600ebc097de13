import {
  execute,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import type { CompiledQuery } from 'graphql-jit';
import { conditionsOf } from '../schema/conditions.ts';
import { locateCheaply } from './locations.ts';

/** Executes one operation of a document. */
export type Executor = (
  context: object,
  variables: Readonly<Record<string, unknown>>,
) => ExecutionResult | Promise<ExecutionResult>;

/** Compiling takes 10 ms, and pays for itself after some hundred executions: a document is compiled that comes again. */
const executionsToCompile = 3;
/** Compiling stops the event loop, the longer the larger a document is: large ones are not compiled. */
const maxCompiledCharacters = 5_000;
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
  const { ast, locate } = locateCheaply(document);
  // Compiled code tells a resolver of all places of its field, those too that a variable leaves out: it would read too much.
  const isConditional = conditionsOf(document).length > 0;
  const isCompilable = text.length <= maxCompiledCharacters && !unsafeName.test(text) && !isConditional;
  let executions = isCompilable ? 0 : -Infinity;
  let compiled: CompiledQuery['query'] | null = null;

  async function compile(): Promise<void> {
    const { compileQuery, isCompiledQuery } = await import('graphql-jit');
    const result = compileQuery(schema, document, operationName, { disablingCapturingStackErrors: true });
    if (isCompiledQuery(result)) compiled = result.query;
  }

  return (contextValue, variableValues) => {
    if (compiled) {
      const result = compiled(undefined, contextValue, variableValues);
      // Without data it is a refusal of variables, which have been coerced: graphql-jit knows no default of a type that
      // is not null, for example.
      if ('then' in result || result.data !== undefined) return result;
    }
    executions += 1;
    // What cannot be compiled goes on by graphql-js.
    if (executions === executionsToCompile) compile().catch(() => undefined);
    const result = execute({ schema, document: ast, operationName, contextValue, variableValues });
    return 'then' in result ? result.then(withLocations) : withLocations(result);
  };

  function withLocations(result: ExecutionResult): ExecutionResult {
    result.errors?.forEach(locate);
    return result;
  }
}
