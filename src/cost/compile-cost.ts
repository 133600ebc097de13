import { OperationTypeNode, type GraphQLObjectType, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import type { ExecutableDocument } from '../execution/document.ts';
import { oncePerConditions, type PlanRoom, type Variables } from '../execution/selection.ts';
import type { Settings } from '../schema/gateway-context.ts';
import { compileFields, type CompiledFields } from './compile-fields.ts';
import { noCost, type Cost } from './cost.ts';
import { envelopeSize } from './response-size.ts';

export interface CostedOperation {
  readonly schema: GraphQLSchema;
  readonly document: ExecutableDocument;
  readonly operation: OperationDefinitionNode;
  readonly settings: Settings;
  readonly room: PlanRoom;
}

/** Hosts and ports in the lists of one operation: more than twice as many as the largest write names. */
export const maxReferences = 5_000;

export interface EstimatedCost extends Cost {
  /** Hosts and ports that the arguments name, duplicates included. Above `maxReferences` the cost is not estimated. */
  readonly references: number;
  /** Characters of introspection; counting stops above `maxIntrospection`. */
  readonly introspection: number;
}

/**
 * The cost of an operation with these coerced variables. Without a token nothing is read, and every field that calls
 * HSS fails. Throws a GraphQLError if the variable of a `@skip` or `@include` is null.
 */
export type CostOf = (variables: Variables, hasToken: boolean) => EstimatedCost;

/**
 * Adds up what the fields of an operation declare (src/schema/field-cost.ts), collected as execution will collect them.
 * What depends only on the document is worked out once.
 */
export function compileCost({ schema, document, operation, settings, room }: CostedOperation): CostOf {
  const isMutation = operation.operation === OperationTypeNode.MUTATION;
  const rootType = (isMutation ? schema.getMutationType() : schema.getQueryType()) as GraphQLObjectType;
  const planWith = (hasToken: boolean): ((variables: Variables) => CompiledFields) =>
    oncePerConditions(schema, document, room, (selection) =>
      compileFields({ schema, operation, settings, hasToken, selection, rootType }),
    );
  const planFor = planWith(true);
  const planWithoutToken = planWith(false);

  return (variables, hasToken) => {
    const plan = hasToken ? planFor(variables) : planWithoutToken(variables);
    const references = plan.references(variables);
    const { reads, pages, writes, failures, characters } = references > maxReferences ? noCost : plan.cost(variables);
    const introspection = plan.introspection(variables);
    return {
      references,
      reads,
      pages,
      writes,
      failures,
      characters: characters + introspection + envelopeSize,
      introspection,
    };
  };
}
