import { GraphQLError } from 'graphql';
import { clientError } from '../errors/client-error.ts';
import type { Variables } from '../execution/selection.ts';
import { compileCost, maxReferences, type CostedOperation, type EstimatedCost } from './compile-cost.ts';
import { maxIntrospection } from './introspection-size.ts';

/** An error takes longer than the rest of a field. The largest write and the lists of its hosts may have this many. */
const maxFailures = 2_001;
/** HSS throttles writes per minute: five times the largest write takes longer than any operation is given. */
const maxWrites = 50;
/** Characters that any response may have: the largest write, with a page of ports per result, has almost as many. */
const minCharacters = 8 * 1024 * 1024;
/** Characters for each page from HSS: 200 rows with all their fields take half of it. */
const charactersOfPage = 512 * 1024;
/** Without a token nothing is read, so no response deserves more. */
const maxWithoutToken = { failures: 1_000, characters: 2 * 1024 * 1024 };

/** How many read calls the operation may need, or why it must not be executed. `variables` are coerced. */
export type CostLimit = (variables: Variables, hasToken: boolean) => number | GraphQLError;

/**
 * Refuses an operation, before its first call, that may need more than `maxReads` calls to HSS, or that names or
 * returns more than such calls justify. Compile it once for each operation of a document.
 */
export function compileCostLimit(operation: CostedOperation, maxReads: number): CostLimit {
  const costOf = compileCost(operation);
  return (variables, hasToken) => {
    try {
      const cost = costOf(variables, hasToken);
      return refuseCostly(cost, maxReads, hasToken) ?? cost.reads;
    } catch (error) {
      // A null condition: execution would fail at the same place.
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
  if (characters > max.characters) return refuse(characters, max.characters, 'characters in its response');
  return writes > maxWrites ? refuse(writes, maxWrites, 'writes to HSS') : null;
}

function refuse(estimate: number, budget: number, what: string): GraphQLError {
  const message = `The operation may need ${estimate} ${what}, but at most ${budget} are allowed: request less at once.`;
  return clientError('COST_LIMIT_EXCEEDED', message, { estimate, budget });
}
