/** Installs and builds what is missing: so that `npm run triage` is enough on a fresh machine. */
import { execSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';

const here = new URL('.', import.meta.url);
const root = new URL('../../', import.meta.url);
const run = (command, cwd) => execSync(command, { stdio: 'inherit', cwd });

const installed = new URL('node_modules/.package-lock.json', here);
const lock = new URL('package-lock.json', here);
if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lock).mtimeMs) {
  run('npm ci --ignore-scripts --no-audit --no-fund', here);
}
run('node scripts/install.mjs', root);
run('node scripts/build.mjs', root);
