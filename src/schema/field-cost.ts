import type { GraphQLField, GraphQLSchema } from 'graphql';
import { maxOpenPortIdLength } from '../reads/open-port-id.ts';
import type { Settings } from './gateway-context.ts';

/** Ends the description of a list whose items need calls of their own; the number is MAX_UPSTREAM_READS. */
export const callsBound =
  'an operation that may need more than 100 calls (configurable) is refused with COST_LIMIT_EXCEEDED.';

/**
 * How much of a response a field makes up. Declared with the field's definition; src/cost adds it up over an operation.
 * @see docs/decisions/0006-what-an-operation-may-cost.md
 */
export interface Extent {
  /** Maximum length of the list. One if the field is not a list. */
  readonly items?: number;
  /**
   * How many different hosts the items belong to: what is read below is read once for each host. Default: one. For a
   * union, by the names of its types.
   */
  readonly distinct?: number | Readonly<Record<string, number>>;
  /** Maximum length of the text with its quotes, in bytes of JSON. */
  readonly characters?: number;
  /** What this field knows of fields one level below, by name, such as lists whose length its arguments set. */
  readonly below?: Readonly<Record<string, Extent>>;
}

export interface FieldCost extends Extent {
  /** GET calls. */
  readonly reads?: number;
  /** Pages of 200 rows that they may return. Default: one per read. */
  readonly pages?: number;
  /** All other calls, not counting retries. */
  readonly writes?: number;
}

/** What a field's cost may depend on beside its arguments. */
export interface CostContext {
  readonly schema: GraphQLSchema;
  readonly settings: Settings;
  /** Whether any of these fields is selected below: `nodes`, `pageInfo.endCursor`. */
  readonly selects: (...names: readonly string[]) => boolean;
}

export interface CostDeclaration<Args extends object = object> {
  /** The field calls HSS: without a token it is null, with an error. */
  readonly calls?: boolean;
  /** The field, or each item of its list, may be null with an error of its own. */
  readonly mayFail?: boolean;
  /** How many hosts and ports the arguments name, by list lengths alone. Bounds the time of the rest. */
  readonly references?: (args: Partial<Args>) => number;
  /** The cost, or a function of the arguments, which are empty if execution will refuse them. */
  readonly cost?: FieldCost | ((args: Partial<Args>, context: CostContext) => FieldCost);
}

/**
 * Extensions of a field that returns a list or calls HSS. The schema test fails if such a field lacks them.
 */
export const costs = <Args extends object>(declaration: CostDeclaration<Args>): { cost: CostDeclaration<Args> } => ({
  cost: declaration,
});

/** The size of a text in a response, with its quotes and JSON escapes. */
export const bytesOfText = (text: string): number => Buffer.byteLength(JSON.stringify(text));

/** The largest of the client's ids as it comes back, with quotes and JSON escapes. Refused ids do not come back. */
export function sizeOfIds(ids: readonly string[]): Extent {
  let characters = 0;
  for (const id of ids) {
    if (id.length <= maxOpenPortIdLength) characters = Math.max(characters, bytesOfText(id));
  }
  return { characters };
}

const nothing: CostDeclaration = {};

/** What a field of the schema declares, which may be nothing. */
export const declaredCost = ({ extensions }: Pick<GraphQLField<unknown, unknown>, 'extensions'>): CostDeclaration =>
  (extensions.cost as CostDeclaration | undefined) ?? nothing;
