/**
 * Writes docs/licences.md: the licence of every package that production installs, from package-lock.json. With
 * `--check` it writes nothing, and fails when the file drifted. Either way it fails on a licence that is not allowed.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { format, resolveConfig } from 'prettier';

interface LockedPackage {
  readonly version: string;
  readonly license?: string;
  readonly dev?: boolean;
  /** The workspace of the tests is no package. */
  readonly link?: boolean;
}

/** Licences that the Open Source Initiative has approved, and that ask for no more than their text to be kept. */
const allowed = new Set(['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT']);

const target = new URL('../docs/licences.md', import.meta.url);
const lock = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')) as {
  packages: Readonly<Record<string, LockedPackage>>;
};

const packages = Object.entries(lock.packages)
  .filter(([path, { dev, link }]) => path.startsWith('node_modules/') && dev !== true && link !== true)
  .map(([path, { version, license }]) => ({
    name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
    version,
    licence: license ?? 'none named',
  }))
  .filter(
    ({ name, version }, index, all) => index === all.findIndex((one) => one.name === name && one.version === version),
  )
  .sort((a, b) => compare(a.name, b.name) || compare(a.version, b.version));

const refused = packages.filter(({ licence }) => !allowed.has(licence));
if (refused.length > 0) {
  process.stderr.write('These licences are not allowed (scripts/licences.ts):\n');
  for (const { name, version, licence } of refused) process.stderr.write(`  ${name}@${version}: ${licence}\n`);
  process.exit(1);
}

const written = await format(page(), { ...(await resolveConfig(target)), parser: 'markdown' });
if (!process.argv.includes('--check')) writeFileSync(target, written);
else if (readFileSync(target, 'utf8') !== written) {
  process.stderr.write('docs/licences.md is not what package-lock.json says: run `npm run licences`.\n');
  process.exit(1);
}

function page(): string {
  const counts = new Map<string, number>();
  for (const { licence } of packages) counts.set(licence, (counts.get(licence) ?? 0) + 1);
  return `# Licences

The ${packages.length} packages that \`npm ci --omit=dev\` installs. Written by \`npm run licences\` from package-lock.json;
\`npm run check:licences\` fails when this page drifts, or when a package comes under a licence that is not allowed.

| licence | packages |
| --- | --- |
${[...counts]
  .sort(([a, countA], [b, countB]) => countB - countA || compare(a, b))
  .map(([licence, count]) => `| ${licence} | ${count} |`)
  .join('\n')}

## Packages

| package | version | licence |
| --- | --- | --- |
${packages.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`).join('\n')}
`;
}

/** By code unit, so that the order is the same on every machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
