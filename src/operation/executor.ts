import {
  execute,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';

/** Executes one operation of a document. */
export type Executor = (
  context: object,
  variables: Readonly<Record<string, unknown>>,
) => ExecutionResult | Promise<ExecutionResult>;

export function createExecutor(
  schema: GraphQLSchema,
  document: DocumentNode,
  { name }: OperationDefinitionNode,
): Executor {
  return (contextValue, variableValues) =>
    execute({ schema, document, operationName: name?.value, contextValue, variableValues });
}
