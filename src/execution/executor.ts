import type { ExecutionResult, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { executePlan } from './execute.ts';
import type { ExecutableDocument } from './document.ts';
import { planOperation } from './plan.ts';
import { oncePerConditions, type PlanRoom, type Variables } from './selection.ts';

/** Executes one operation of a document. Throws a GraphQLError if one of its conditions is null. */
export type Executor = (context: object, variables: Variables) => ExecutionResult | Promise<ExecutionResult>;

/** `operation` is one of the definitions of the document. */
export function createExecutor(
  schema: GraphQLSchema,
  document: ExecutableDocument,
  operation: OperationDefinitionNode,
  room: PlanRoom,
): Executor {
  const planFor = oncePerConditions(schema, document, room, (selection) => planOperation(schema, selection, operation));
  return (context, variables) => executePlan(planFor(variables), context, variables, document.locate);
}
