/** Writes schema.graphql, or with --check says whether it is what the code makes. */
import { readFileSync, writeFileSync } from 'node:fs';
import { printSchema } from '../src/schema/index.ts';

const path = new URL('../schema.graphql', import.meta.url);
if (process.argv.includes('--check')) {
  if (readFileSync(path, 'utf8') !== printSchema()) {
    console.error('schema.graphql is not what the code makes. Run `npm run schema`, and look at the difference.');
    process.exitCode = 1;
  }
} else {
  writeFileSync(path, printSchema());
}
