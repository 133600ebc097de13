import { getOperationAST, parse } from 'graphql';
import { compileCost, type CostOf } from '../../src/cost/compile-cost.ts';
import { toExecutable } from '../../src/execution/document.ts';
import { roomForPlans } from '../../src/execution/selection.ts';
import { schema } from '../../src/schema/index.ts';

/** What an operation over the gateway's schema costs. */
export function compile(query: string, maxPageLimit = 1_000): CostOf {
  const document = toExecutable(parse(query));
  const operation = getOperationAST(document.ast)!;
  const settings = { maxPageLimit, maxWholeListRows: 2_000, enterpriseProjectId: null };
  return compileCost({ schema, document, operation, settings, room: roomForPlans(query.length) });
}
