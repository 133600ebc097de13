import { parse, type OperationDefinitionNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import { toExecutable } from '../../src/execution/document.ts';
import { oncePerConditions, roomForPlans } from '../../src/execution/selection.ts';
import { schema } from './random-schema.ts';

const document = toExecutable(
  parse('query ($a: Boolean!, $b: String) { text @include(if: $a) color resolved(x: $b) }'),
);
const { selectionSet } = document.ast.definitions[0] as OperationDefinitionNode;

/** Plans a document by what it selects, and tells of each plan that is made, by its number of fields. */
function start(left: number) {
  const made: number[] = [];
  const room = { left };
  const plan = oncePerConditions(schema, document, room, (selection) => {
    const { length } = selection.root(schema.getQueryType()!, selectionSet);
    made.push(length);
    return length;
  });
  return { plan, made, room };
}

describe('plans of a document', () => {
  it('are made once for each combination of conditions, whatever else a caller sends', () => {
    const { plan, made } = start(100);
    const sizes = [true, false, true, false].map((a, index) => plan({ a, b: `other ${index}` }));
    expect(sizes).toEqual([3, 2, 3, 2]);
    expect(made).toEqual([3, 2]);
  });

  it('select by the conditions that they were made for, whatever becomes of what the caller sent', () => {
    const plan = oncePerConditions(
      schema,
      document,
      { left: 100 },
      (selection) => () => selection.root(schema.getQueryType()!, selectionSet).length,
    );
    const variables = { a: true, b: 'secret' };
    const count = plan(variables);
    variables.a = false;
    expect(count()).toBe(3);
  });

  it('are forgotten where there is no room for another one', () => {
    const { plan, made, room } = start(4);
    plan({ a: true });
    expect(room.left).toBe(1);
    plan({ a: false });
    expect(room.left).toBe(2);
    plan({ a: false });
    plan({ a: true });
    expect(made).toEqual([3, 2, 3]);
    expect(room.left).toBe(1);
  });

  it('are not kept where there is no room for them at all', () => {
    const { plan, made, room } = start(2);
    expect([plan({ a: true }), plan({ a: true })]).toEqual([3, 3]);
    expect(made).toHaveLength(2);
    expect(room.left).toBe(2);
  });

  it('have more room in a longer document, and some in a short one', () => {
    expect(roomForPlans(1_000).left - roomForPlans(0).left).toBe(500);
    expect(roomForPlans(0).left).toBe(100);
  });
});
