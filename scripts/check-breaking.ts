/**
 * Compares schema.graphql with the SDL of the last release, and fails where a client or a supergraph would break. Takes
 * other files as its arguments; with --release it makes schema.graphql the SDL of the last release.
 */
import { copyFileSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { ChangeType, CriticalityLevel, DiffRule, diff, type Change, type Rule } from '@graphql-inspector/core';
import { buildASTSchema, parse, type GraphQLSchema } from 'graphql';

const [before = 'release/schema.graphql', after = 'schema.graphql'] = process.argv
  .slice(2)
  .filter((word) => !word.startsWith('--'));

/** Without its key no other subgraph can refer to an entity: their composition fails. */
const withKeys: Rule = ({ changes }) =>
  changes.map((change) =>
    change.type === ChangeType.DirectiveUsageObjectRemoved && change.path?.endsWith('.@key')
      ? { ...change, criticality: { level: CriticalityLevel.Breaking } }
      : change,
  );

// Composers know the directives of federation; graphql does not.
const readSchema = (path: string): GraphQLSchema =>
  buildASTSchema(parse(readFileSync(path, 'utf8')), { assumeValidSDL: true });

function print(title: string, changes: readonly Change[]): void {
  if (changes.length === 0) return;
  console.log(`\n${title}`);
  for (const { path, message } of changes) console.log(`  ${path ?? ''}\n    ${message}`);
}

if (process.argv.includes('--release')) {
  copyFileSync(after, before);
} else {
  const changes = await diff(readSchema(before), readSchema(after), [withKeys, DiffRule.simplifyChanges]);
  const at = (level: CriticalityLevel): Change[] => changes.filter(({ criticality }) => criticality.level === level);
  const breaking = at(CriticalityLevel.Breaking);
  print('Breaking:', breaking);
  print('Dangerous (a client may be surprised):', at(CriticalityLevel.Dangerous));
  print('Safe:', at(CriticalityLevel.NonBreaking));
  console.log(`\n${changes.length} changes since ${before}, ${breaking.length} of them breaking.`);
  if (breaking.length > 0) {
    console.error('Keep what was released, deprecated if need be; or, for a major release, run with --release.');
    process.exitCode = 1;
  }
}
