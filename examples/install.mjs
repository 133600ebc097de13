/** Installs and builds what the named example needs, so that one command starts it on a fresh machine. */
import { execSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import process from 'node:process';

const example = new URL(`${process.argv[2]}/`, import.meta.url);
const root = new URL('../', import.meta.url);
const run = (command, cwd) => execSync(command, { stdio: 'inherit', cwd });

const installed = new URL('node_modules/.package-lock.json', example);
const lock = new URL('package-lock.json', example);
if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lock).mtimeMs) {
  run('npm ci --ignore-scripts --no-audit --no-fund', example);
}
run('node scripts/install.mjs', root);
run('node scripts/build.mjs', root);
