import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../src/schema/error-codes.ts';

const root = new URL('../../', import.meta.url);

/** The first column of the table under `## Error codes`. */
function codesOfReadme(): string[] {
  const readme = readFileSync(new URL('README.md', root), 'utf8');
  const section = readme.split(/^## Error codes$/m)[1]?.split(/^## /m)[0] ?? '';
  return [...section.matchAll(/^\|([^|]*)\|/gm)].flatMap(([, cell]) =>
    [...(cell ?? '').matchAll(/`([A-Z_]+)`/g)].map(([, code]) => code!),
  );
}

/** Whatever is written as a code anywhere in the gateway. */
function codesOfSource(): string[] {
  const files = readdirSync(new URL('src/', root), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.ts') && !file.startsWith('simulator'))
    .map((file) => readFileSync(new URL(`src/${file}`, root), 'utf8'))
    .flatMap((text) => [
      ...text.matchAll(/\bcode: '([A-Z]+(?:_[A-Z]+)+|[A-Z]{6,})'/g),
      ...text.matchAll(/'((?:MAX|UPSTREAM|GRAPHQL|COST|PERSISTED)_[A-Z_]+)'/g),
    ])
    .map(([, code]) => code!)
    .filter((code) => !/^(?:MAX_PAGE_LIMIT|MAX_UPSTREAM_READS)$/.test(code));
}

describe('the catalogue of error codes', () => {
  it('is the same in the README and in the code', () => {
    expect(codesOfReadme().toSorted()).toEqual([...errorCodes].toSorted());
  });

  it('holds every code that the source names', () => {
    expect(codesOfSource().length).toBeGreaterThan(10);
    expect(codesOfSource().filter((code) => !errorCodes.some((known) => known === code))).toEqual([]);
  });
});
