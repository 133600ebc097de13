/** Writes schema.graphql and api.graphql, or with --check says whether they are what the code makes. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { printSchemas } from '../src/schema/index.ts';

for (const [name, sdl] of printSchemas()) {
  const path = new URL(`../${name}`, import.meta.url);
  if (!process.argv.includes('--check')) {
    writeFileSync(path, sdl);
  } else if (!existsSync(path) || readFileSync(path, 'utf8') !== sdl) {
    console.error(`${name} is not what the code makes. Run \`npm run schema\`, and look at the difference.`);
    process.exitCode = 1;
  }
}
