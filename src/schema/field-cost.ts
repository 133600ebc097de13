import type { GraphQLField, GraphQLSchema } from 'graphql';
import { maxOpenPortIdLength } from '../reads/open-port-id.ts';
import type { Settings } from './gateway-context.ts';

/** Ends the description of a list whose items need calls of their own; the number is MAX_UPSTREAM_READS. */
export const callsBound =
  'an operation that may need more than 100 calls (configurable) is refused with COST_LIMIT_EXCEEDED.';

/**
 * How much of an answer a field makes up. It stands beside the field's definition; src/cost adds it up over an operation.
 * @see docs/decisions/0006-what-an-operation-may-cost.md
 */
export interface Extent {
  /** Length of the list, at most. One, where the field is no list. */
  readonly items?: number;
  /**
   * How many different hosts the items are of: what is read below is read once for each. One, where nothing is said. For a
   * union by the names of its types.
   */
  readonly distinct?: number | Readonly<Record<string, number>>;
  /** Length of the text with its quotes, at most, in bytes of JSON. */
  readonly characters?: number;
  /** What is known here of fields one level below, by their names: lists as long as an argument of this field says. */
  readonly below?: Readonly<Record<string, Extent>>;
}

export interface FieldCost extends Extent {
  /** Calls by GET. */
  readonly reads?: number;
  /** Pages of 200 rows that they may bring; as many as they, where nothing is said. */
  readonly pages?: number;
  /** All other calls, retries not counted. */
  readonly writes?: number;
}

/** What a field's cost may go by beside its arguments. */
export interface CostContext {
  readonly schema: GraphQLSchema;
  readonly settings: Settings;
  /** Whether any of these fields is selected below: `nodes`, `pageInfo.endCursor`. */
  readonly selects: (...names: readonly string[]) => boolean;
}

export interface CostDeclaration<Args extends object = object> {
  /** Asks HSS: without a token it is null, with an error. */
  readonly calls?: boolean;
  /** The field, or each item of its list, may be null with an error of its own. */
  readonly mayFail?: boolean;
  /** How many hosts and ports the arguments name, however often: bounds the time of all that follows. Lengths alone. */
  readonly references?: (args: Partial<Args>) => number;
  /** The cost, or what tells it from the arguments; they are empty where the execution will refuse them. */
  readonly cost?: FieldCost | ((args: Partial<Args>, context: CostContext) => FieldCost);
}

/**
 * Extensions of a field that lists something or calls HSS. A field that does either has them, or the schema test fails.
 */
export const costs = <Args extends object>(declaration: CostDeclaration<Args>): { cost: CostDeclaration<Args> } => ({
  cost: declaration,
});

/** A text as it stands in an answer: with quotes, and what JSON escapes. */
export const bytesOfText = (text: string): number => Buffer.byteLength(JSON.stringify(text));

/** The largest of the client's ids as it comes back: with quotes, and what JSON escapes. One that is refused does not. */
export function sizeOfIds(ids: readonly string[]): Extent {
  let characters = 0;
  for (const id of ids) {
    if (id.length <= maxOpenPortIdLength) characters = Math.max(characters, bytesOfText(id));
  }
  return { characters };
}

const nothing: CostDeclaration = {};

/** What a field of the schema declares; nothing, where it has nothing to declare. */
export const declaredCost = ({ extensions }: Pick<GraphQLField<unknown, unknown>, 'extensions'>): CostDeclaration =>
  (extensions.cost as CostDeclaration | undefined) ?? nothing;
