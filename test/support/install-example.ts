import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { withLock } from './with-lock.ts';

/**
 * Installs an example's packages where they are missing: for the federation half a gigabyte, in about a minute. Tells
 * why it could not; null: they are there.
 */
export function installExample(folder: string): Promise<string | null> {
  // npm's own record of what it installed: written last.
  const record = join(folder, 'node_modules/.package-lock.json');
  return withLock('install', async () => {
    if (existsSync(record)) return null;
    try {
      await promisify(execFile)('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder });
      return null;
    } catch (error) {
      return `\`npm ci\` failed in ${folder}: ${(error as { stderr?: string }).stderr ?? String(error)}`;
    }
  });
}
