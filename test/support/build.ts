import { execFileSync } from 'node:child_process';
import process from 'node:process';
import { withLock } from './with-lock.ts';

const root = new URL('../../', import.meta.url);

let built: Promise<URL> | null = null;

/**
 * The built gateway, built first where the source is newer; test files that want it at once wait for one another. A
 * test file asks for it before its tests, whose limit is not meant for builds.
 */
export function builtGateway(): Promise<URL> {
  return (built ??= withLock('build', () => {
    execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: 'inherit' });
    return new URL('dist/main.js', root);
  }));
}
