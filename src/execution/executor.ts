import type { DocumentNode, ExecutionResult, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { executePlan } from './execute.ts';
import { locateCheaply } from './locations.ts';
import { planOperation } from './plan.ts';
import { oncePerConditions, type Variables } from './selection.ts';

/** Executes one operation of a document. */
export type Executor = (context: object, variables: Variables) => ExecutionResult | Promise<ExecutionResult>;

/** The operation is one of the document's definitions. */
export function createExecutor(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): Executor {
  const { ast, locate } = locateCheaply(document);
  const index = document.definitions.indexOf(operation);
  const planFor = oncePerConditions(ast, (conditions) =>
    planOperation(schema, ast, ast.definitions[index] as OperationDefinitionNode, conditions),
  );
  const withLocations = (result: ExecutionResult): ExecutionResult => {
    result.errors?.forEach(locate);
    return result;
  };
  return (context, variables) => {
    const result = executePlan(planFor(variables), context, variables);
    return result instanceof Promise ? result.then(withLocations) : withLocations(result);
  };
}
