import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';

/** Does what only one test file at a time can do in this checkout, such as a build; the others wait. */
export async function inTurn<T>(name: string, work: () => T | Promise<T>): Promise<T> {
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
    if (!isHeld(lock)) rmSync(lock, { force: true });
    return false;
  }
}

/** Whether the process that took it is still there: one that was ended did not give it back. */
function isHeld(lock: URL): boolean {
  try {
    // Between its making and its writing it is empty: taken.
    const pid = Number(readFileSync(lock, 'utf8'));
    return pid === 0 || process.kill(pid, 0);
  } catch {
    return false;
  }
}
