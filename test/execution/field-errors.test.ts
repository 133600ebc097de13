import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { FieldErrors } from '../../src/execution/field-errors.ts';

/** The messages of errors, each at a place that is null for it. */
function told(...places: readonly (readonly [message: string, path: readonly (string | number)[]])[]): string[] {
  const errors = new FieldErrors();
  for (const [message, path] of places) errors.add(new GraphQLError(message), path);
  return errors.all.map(({ message }) => message);
}

describe('the errors of a response', () => {
  it('are told in the order in which they came', () => {
    expect(told(['b', ['hosts', 1]], ['a', ['hosts', 0]], ['c', ['hosts', 10]])).toEqual(['b', 'a', 'c']);
  });

  it('are told once for what is null', () => {
    expect(told(['a', ['host']], ['b', ['host']])).toEqual(['a']);
  });

  it('are not told of what lies in something that is null', () => {
    expect(told(['a', ['host', 'ports']], ['b', ['host', 'ports', 'nodes', 0]], ['c', ['host']])).toEqual(['a', 'c']);
    expect(told(['a', []], ['b', ['host']])).toEqual(['a']);
  });
});
