import { GraphQLError, getOperationAST, getVariableValues, type ExecutionArgs } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { estimateReads } from '../schema/estimate-reads.ts';

/** Refuses operations that may need more calls of HSS than the budget, before the first call. */
export function useReadBudget(budget: number, maxPageLimit: number): Plugin {
  return {
    onExecute({ args, setResultAndStopExecution }) {
      const { schema, document, operationName, variableValues } = args as ExecutionArgs;
      const operation = getOperationAST(document, operationName);
      if (!operation) return;
      const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variableValues ?? {});
      // Variables that do not coerce are refused by the execution.
      if (!coerced) return;
      const estimate = estimateReads({ schema, document, operation, variables: coerced, maxPageLimit });
      if (estimate <= budget) return;
      const message = `The operation may need ${estimate} calls to HSS, and ${budget} are allowed: ask for fewer rows or hosts.`;
      setResultAndStopExecution({
        errors: [
          new GraphQLError(message, {
            extensions: { code: 'COST_LIMIT_EXCEEDED', estimate, budget, http: { status: 400, spec: true } },
          }),
        ],
      });
    },
  };
}
