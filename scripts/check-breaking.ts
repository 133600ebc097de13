/**
 * Compares schema.graphql with the SDL of the last release, and fails where a client or a supergraph would break, unless
 * the changelog's top section names the member under "Breaking". Takes other files as its arguments; with --release it
 * makes schema.graphql the SDL of the last release.
 */
import { copyFileSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { ChangeType, CriticalityLevel, DiffRule, diff, type Change, type Rule } from '@graphql-inspector/core';
import { buildASTSchema, parse, type GraphQLSchema } from 'graphql';

const [before = 'release/schema.graphql', after = 'schema.graphql', changelog = 'CHANGELOG.md'] = process.argv
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

/** The members that the changelog says are broken by what is to be released. */
function readToldChanges(): ReadonlySet<string> {
  const [, next = ''] = readFileSync(changelog, 'utf8').split(/^## /m);
  const breaking = /^### Breaking\n(.*?)(?=^### |$(?![^]))/ms.exec(next)?.[1] ?? '';
  return new Set([...breaking.matchAll(/`([\w.@]+)`/g)].map(([, path]) => path ?? ''));
}

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
  const told = readToldChanges();
  const isTold = ({ path = '' }: Change): boolean => told.has(path);
  const breaking = at(CriticalityLevel.Breaking).filter((change) => !isTold(change));
  print('Breaking:', breaking);
  print(`Breaking, as ${changelog} says:`, at(CriticalityLevel.Breaking).filter(isTold));
  print('Dangerous (a client may be surprised):', at(CriticalityLevel.Dangerous));
  print('Safe:', at(CriticalityLevel.NonBreaking));
  console.log(`\n${changes.length} changes since ${before}, ${breaking.length} of them breaking without a word.`);
  if (breaking.length > 0) {
    console.error(`Keep what was released, deprecated if need be; or name it under "Breaking" in ${changelog}.`);
    process.exitCode = 1;
  }
}
