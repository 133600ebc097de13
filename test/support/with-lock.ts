import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';

/** Nothing that is done in turn takes this long. */
const maxMs = 600_000;

/** Does what only one test file at a time can do in this checkout, such as a build; the others wait. */
export async function withLock<T>(name: string, work: () => T | Promise<T>): Promise<T> {
  const lock = new URL(`../../node_modules/.${name}-lock`, import.meta.url);
  while (!take(lock)) await wait(100);
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function take(lock: URL): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (isLeftBehind(lock)) rmSync(lock, { force: true });
    return false;
  }
}

/** Whether the process that took it has ended without giving it back. One that is gone by now has been given back. */
function isLeftBehind(lock: URL): boolean {
  const taken = statSync(lock, { throwIfNoEntry: false });
  if (!taken) return false;
  // Its number may be another's by now.
  if (Date.now() - taken.mtimeMs > maxMs) return true;
  try {
    // Between its making and its writing it is empty, and 0 is this process's group.
    process.kill(Number(readFileSync(lock, 'utf8')), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
