import { execFile } from 'node:child_process';

import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { exampleFolder } from './open-triage.ts';

const cli = fileURLToPath(new URL('../../node_modules/.bin/graphql-codegen', import.meta.url));

describe('the generated documents of examples/triage', () => {
  it('are what graphql-codegen makes of today’s schema and documents', async () => {
    // Drifted? npm run codegen
    const check = promisify(execFile)(process.execPath, [cli, '--config', 'codegen.ts', '--check'], {
      cwd: exampleFolder,
    });

    await expect(check).resolves.toBeDefined();
  });
});
