import { GraphQLError, type ExecutionResult, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { executePlan } from './execute.ts';
import type { LocatedDocument } from './locations.ts';
import { planOperation, type OperationPlan } from './plan.ts';
import { oncePerConditions, type PlanRoom, type Variables } from './selection.ts';

/** Executes one operation of a document. Throws a GraphQLError where a condition of it is null. */
export type Executor = (context: object, variables: Variables) => ExecutionResult | Promise<ExecutionResult>;

/** `operation` is one of the definitions of `ast`. */
export function createExecutor(
  schema: GraphQLSchema,
  { ast, locate }: LocatedDocument,
  operation: OperationDefinitionNode,
  room: PlanRoom,
): Executor {
  const plan = oncePerConditions(schema, ast, room, (selection) => planOperation(schema, selection, operation));

  function planFor(variables: Variables): OperationPlan {
    try {
      return plan(variables);
    } catch (error) {
      throw error instanceof GraphQLError ? locate(error) : error;
    }
  }

  const withLocations = (result: ExecutionResult): ExecutionResult => {
    result.errors?.forEach(locate);
    return result;
  };
  return (context, variables) => {
    const result = executePlan(planFor(variables), context, variables);
    return result instanceof Promise ? result.then(withLocations) : withLocations(result);
  };
}
