import { getOperationAST, getVariableValues, type ExecutionArgs, type GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { clientError } from '../errors/client-error.ts';
import { estimateResponseSize } from './response-size.ts';
import { estimateReads } from './reads.ts';
import { estimateReferences } from './references.ts';
import { estimateWrites } from './writes.ts';
import type { Settings } from '../schema/gateway-context.ts';
import { createSelection, type Selection } from './selection.ts';

/** Hosts and ports in the lists of one operation: more than twice what the largest write names. */
const maxReferences = 5_000;
/** An error takes longer to make than all else of a field. */
const maxFailures = 2_000;
/** HSS throttles writes by the minute: five times the largest one take longer than any operation has. */
const maxWrites = 50;
/** Characters of any answer: the results of the largest write, each with a page of its host's ports, have almost as many. */
const minCharacters = 8 * 1024 * 1024;
/** Characters that each call of HSS may bring: its 200 rows with all of their fields are half of it. */
const charactersOfRead = 512 * 1024;

/**
 * Refuses operations that may need more calls of HSS than the budget, or name or answer more than such calls are good
 * for, before the first call. Each estimate may take a time that the one before has bounded.
 */
export function useCostLimit(maxReads: number, settings: Settings): Plugin {
  return {
    onExecute({ args, setResultAndStopExecution }) {
      const { schema, document, operationName, variableValues } = args as ExecutionArgs;
      const operation = getOperationAST(document, operationName);
      if (!operation) return;
      // One error is enough: to make one of each bad item of a long list takes minutes.
      const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variableValues ?? {}, {
        maxErrors: 1,
      });
      // Variables that do not coerce are refused by the execution.
      if (!coerced) return;
      const selection = createSelection({ schema, document, operation, variables: coerced });
      const refusal = refuseCostly(selection, maxReads, settings);
      if (refusal) setResultAndStopExecution({ errors: [refusal] });
    },
  };
}

function refuseCostly(selection: Selection, maxReads: number, settings: Settings): GraphQLError | null {
  const references = estimateReferences(selection);
  if (references > maxReferences) return refuse(references, maxReferences, 'hosts and ports in its lists');
  const reads = estimateReads(selection, settings.maxPageLimit);
  if (reads > maxReads) return refuse(reads, maxReads, 'calls to HSS');
  const { characters, failures } = estimateResponseSize(selection, settings.maxPageLimit);
  if (failures > maxFailures) return refuse(failures, maxFailures, 'fields that are looked up one by one');
  const maxCharacters = minCharacters + reads * charactersOfRead;
  if (characters > maxCharacters) return refuse(characters, maxCharacters, 'characters in its answer');
  // No more writes than targets.
  const writes = references > maxWrites ? estimateWrites(selection, settings) : 0;
  return writes > maxWrites ? refuse(writes, maxWrites, 'writes to HSS') : null;
}

function refuse(estimate: number, budget: number, what: string): GraphQLError {
  const message = `The operation may need ${estimate} ${what}, and ${budget} are allowed: ask for less at once.`;
  return clientError('COST_LIMIT_EXCEEDED', message, { estimate, budget, http: { status: 400, spec: true } });
}
