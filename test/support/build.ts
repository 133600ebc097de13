import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';

const root = new URL('../../', import.meta.url);
const main = new URL('dist/main.js', root);
const lock = new URL('node_modules/.build-lock/', root);
/** No build takes this long: whoever took the lock has died. */
const maxBuildMs = 120_000;

let built: Promise<URL> | null = null;

/**
 * The built gateway, built first where the source is newer; test files that want it at once wait for one another. A
 * test file asks for it before its tests, whose limit is not meant for builds.
 */
export function builtGateway(): Promise<URL> {
  return (built ??= build());
}

async function build(): Promise<URL> {
  while (!takeLock()) await wait(100);
  try {
    execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: 'inherit' });
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
  return main;
}

function takeLock(): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    const taken = statSync(lock, { throwIfNoEntry: false });
    if (taken && Date.now() - taken.mtimeMs > maxBuildMs) rmSync(lock, { recursive: true, force: true });
    return false;
  }
}
