import { GraphQLError, getOperationAST, type DocumentNode, type ExecutionArgs } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { compileVariables, type CoerceVariables } from './coerce-variables.ts';
import { compileCostLimit, type CostLimit } from '../cost/cost-limit.ts';
import type { Settings } from '../schema/gateway-context.ts';

interface Compiled {
  readonly coerce: CoerceVariables;
  readonly limit: CostLimit;
}

/** Refuses operations whose variables do not fit, or that may cost too much, before their execution. */
export function useCostLimit(maxReads: number, settings: Settings): Plugin {
  const compiled = new WeakMap<DocumentNode, Map<string | null | undefined, Compiled | null>>();

  function compile({ schema, document, operationName }: ExecutionArgs): Compiled | null {
    const operation = getOperationAST(document, operationName);
    if (!operation) return null;
    return {
      coerce: compileVariables(schema, operation),
      limit: compileCostLimit({ schema, document, operation, settings }, maxReads),
    };
  }

  function compiledFor(args: ExecutionArgs): Compiled | null {
    const operations = compiled.get(args.document) ?? new Map<string | null | undefined, Compiled | null>();
    compiled.set(args.document, operations);
    const known = operations.get(args.operationName) ?? compile(args);
    // A name of no operation of the document is a client's, of any number.
    if (known) operations.set(args.operationName, known);
    return known;
  }

  return {
    onExecute({ args, setResultAndStopExecution }) {
      const executed = args as ExecutionArgs;
      const operation = compiledFor(executed);
      if (!operation) return;
      const { request } = executed.contextValue as { request?: Request };
      const hasToken = (request?.headers.get('x-auth-token') ?? '') !== '';
      try {
        const refusal = operation.limit(operation.coerce(executed.variableValues ?? {}), hasToken);
        if (refusal) setResultAndStopExecution({ errors: [refusal] });
      } catch (error) {
        if (!(error instanceof GraphQLError)) throw error;
        setResultAndStopExecution({ errors: [error] });
      }
    },
  };
}
