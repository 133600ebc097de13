/**
 * Installs what package-lock.json names, unless it is there, so that one command is enough on a fresh machine: what
 * building and running need, and with --all what tests and checks need (test/package.json).
 */
import { execSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import process from 'node:process';

const all = process.argv.includes('--all');
const installed = new URL('../node_modules/.package-lock.json', import.meta.url);
const lock = new URL('../package-lock.json', import.meta.url);

function isInstalled() {
  const since = statSync(installed, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (since < statSync(lock).mtimeMs) return false;
  return !all || 'test' in JSON.parse(readFileSync(installed, 'utf8')).packages;
}

if (!isInstalled()) {
  const what = all ? 'everything' : 'what running needs';
  process.stderr.write(`Installing ${what}, once …\n`);
  const parts = all ? '' : ' --workspaces=false';
  execSync(`npm ci --include=dev --no-audit --no-fund${parts}`, {
    stdio: 'inherit',
    cwd: new URL('..', import.meta.url),
  });
}
