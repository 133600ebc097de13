import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';
import { withLock } from './with-lock.ts';

const path = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** Debian's Chromium, installed where that can be done here; or why there is none. */
export function findChromium(): Promise<{ readonly executablePath: string } | { readonly missing: string }> {
  return withLock('chromium', () => {
    if (existsSync(path)) return { executablePath: path };
    try {
      execFileSync('sh', ['-c', 'apt-get update && apt-get install -y --no-install-recommends chromium'], {
        stdio: 'ignore',
      });
      return { executablePath: path };
    } catch {
      return { missing: `there is no browser at ${path}, and apt-get could not install one; set CHROMIUM_PATH` };
    }
  });
}

export function launch(executablePath: string): Promise<Browser> {
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  return chromium.launch({ executablePath, args });
}
