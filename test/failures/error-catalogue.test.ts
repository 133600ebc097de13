import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../src/errors/codes.ts';

const root = new URL('../../', import.meta.url);

/** The first column of the table under `## Error codes`. */
function codesOfReadme(): string[] {
  const readme = readFileSync(new URL('README.md', root), 'utf8');
  const section = readme.split(/^## Error codes$/m)[1]?.split(/^## /m)[0] ?? '';
  return [...section.matchAll(/^\|([^|]*)\|/gm)].flatMap(([, cell]) =>
    [...(cell ?? '').matchAll(/`([A-Z_]+)`/g)].map(([, code]) => code!),
  );
}

describe('the catalogue of error codes', () => {
  it('is the same in the README and in the code', () => {
    expect(codesOfReadme().toSorted()).toEqual([...errorCodes].toSorted());
  });
});
