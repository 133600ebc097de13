import { GraphQLError, getOperationAST, getVariableValues, type ExecutionArgs } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { estimateReads } from '../schema/estimate-reads.ts';
import { estimateValues } from '../schema/estimate-values.ts';
import { createSelection } from '../schema/selection.ts';

/** What each call of HSS that is allowed may bring into the answer: 200 rows with all of their fields, twice. */
const valuesOfRead = 5_000;
/** Allowed in any case: the results of the largest write need no reads. */
const leastValues = 100_000;

/**
 * Refuses operations that may need more calls of HSS than the budget, or whose answer may be larger than such calls can
 * fill, before the first call.
 */
export function useReadBudget(budget: number, maxPageLimit: number): Plugin {
  const mostValues = Math.max(leastValues, valuesOfRead * budget);
  return {
    onExecute({ args, setResultAndStopExecution }) {
      const { schema, document, operationName, variableValues } = args as ExecutionArgs;
      const operation = getOperationAST(document, operationName);
      if (!operation) return;
      const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variableValues ?? {});
      // Variables that do not coerce are refused by the execution.
      if (!coerced) return;
      const selection = createSelection({ schema, document, operation, variables: coerced });
      const refusal =
        beyond(estimateReads(selection, maxPageLimit), budget, 'calls to HSS') ??
        beyond(estimateValues(selection, maxPageLimit), mostValues, 'values in its answer');
      if (refusal) setResultAndStopExecution({ errors: [refusal] });
    },
  };
}

function beyond(estimate: number, budget: number, what: string): GraphQLError | null {
  if (estimate <= budget) return null;
  const message = `The operation may need ${estimate} ${what}, and ${budget} are allowed: ask for fewer rows or hosts.`;
  const extensions = { code: 'COST_LIMIT_EXCEEDED', estimate, budget, http: { status: 400, spec: true } };
  return new GraphQLError(message, { extensions });
}
