/**
 * Builds dist where the source is newer: the same JavaScript as `npm run build`, in a fifth of the time, without types.
 * Whether they fit is left to `npm run check:types`.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = new URL('../', import.meta.url);
const source = new URL('src/', root);

function isStale() {
  const built = statSync(new URL('dist/main.js', root), { throwIfNoEntry: false });
  return (
    !built ||
    readdirSync(source, { recursive: true }).some((path) => statSync(new URL(path, source)).mtimeMs > built.mtimeMs)
  );
}

if (isStale()) {
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const options = ['-p', 'tsconfig.build.json', '--noCheck', '--noResolve', '--declaration', 'false'];
  execFileSync(process.execPath, [tsc, ...options], { stdio: 'inherit', cwd: fileURLToPath(root) });
}
