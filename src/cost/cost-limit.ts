import { GraphQLError } from 'graphql';
import { clientError } from '../errors/client-error.ts';
import type { Variables } from '../execution/selection.ts';
import { compileCost, maxReferences, type CostedOperation, type EstimatedCost } from './compile-cost.ts';
import { maxIntrospection } from './introspection-size.ts';

/** An error takes longer to make than all else of a field. So many have the largest write and the lists of its hosts. */
const maxFailures = 2_001;
/** HSS throttles writes by the minute: five times the largest one take longer than any operation has. */
const maxWrites = 50;
/** Characters of any answer: the results of the largest write, each with a page of its host's ports, have almost as many. */
const minCharacters = 8 * 1024 * 1024;
/** Characters for each page that HSS may bring: its 200 rows with all of their fields are half of it. */
const charactersOfPage = 512 * 1024;
/** Without a token nothing is read, and no answer is worth more. */
const maxWithoutToken = { failures: 1_000, characters: 2 * 1024 * 1024 };

/** How many calls that read the operation may need, or why it may not be executed. `variables` are coerced. */
export type CostLimit = (variables: Variables, hasToken: boolean) => number | GraphQLError;

/**
 * Refuses an operation that may need more than `maxReads` calls of HSS, or name or answer more than such calls are good
 * for, before the first call. To be compiled once for each operation of a document.
 */
export function compileCostLimit(operation: CostedOperation, maxReads: number): CostLimit {
  const costOf = compileCost(operation);
  return (variables, hasToken) => {
    try {
      const cost = costOf(variables, hasToken);
      return refuseCostly(cost, maxReads, hasToken) ?? cost.reads;
    } catch (error) {
      // A condition that is null: the execution would find it in the same place.
      if (error instanceof GraphQLError) return error;
      throw error;
    }
  };
}

function refuseCostly(cost: EstimatedCost, maxReads: number, hasToken: boolean): GraphQLError | null {
  const { references, reads, pages, failures, characters, introspection, writes } = cost;
  if (references > maxReferences) return refuse(references, maxReferences, 'hosts and ports in its lists');
  if (reads > maxReads) return refuse(reads, maxReads, 'calls to HSS');
  const max = hasToken
    ? { failures: maxFailures, characters: minCharacters + pages * charactersOfPage }
    : maxWithoutToken;
  if (failures > max.failures) return refuse(failures, max.failures, 'fields that are looked up one by one');
  if (introspection > maxIntrospection) return refuse(introspection, maxIntrospection, 'characters of introspection');
  if (characters > max.characters) return refuse(characters, max.characters, 'characters in its answer');
  return writes > maxWrites ? refuse(writes, maxWrites, 'writes to HSS') : null;
}

function refuse(estimate: number, budget: number, what: string): GraphQLError {
  const message = `The operation may need ${estimate} ${what}, and ${budget} are allowed: ask for less at once.`;
  return clientError('COST_LIMIT_EXCEEDED', message, { estimate, budget });
}
