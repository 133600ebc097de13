/** Installs what package-lock.json names, unless it is there: so that one command is enough on a fresh machine. */
import { execSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';

const installed = new URL('../node_modules/.package-lock.json', import.meta.url);
const lock = new URL('../package-lock.json', import.meta.url);
if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lock).mtimeMs) {
  execSync('npm ci --include=dev --no-audit --no-fund', { stdio: 'inherit', cwd: new URL('..', import.meta.url) });
}
