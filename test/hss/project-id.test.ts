import { describe, expect, it } from 'vitest';
import { isProjectId } from '../../src/hss/project-id.ts';

describe('a project id', () => {
  it.each(['0123456789abcdef', 'A', 'a_b-c.d', '...', '.a', 'a.', '..a', 'x'.repeat(256)])('may be %j', (id) => {
    expect(isProjectId(id)).toBe(true);
  });

  it.each(['', '.', '..', 'a/b', 'a b', ' a', 'a\n', 'ä', 'a%2F', 'a?b', 'x'.repeat(257)])('is not %j', (id) => {
    expect(isProjectId(id)).toBe(false);
  });
});
