import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

const rooms = ['cost', 'execution', 'reads', 'writes', 'hss'];

/** Unit tests: those that start a gateway would take minutes where these take a second. */
const startsNoGateway = (file: string): boolean => !readFileSync(file, 'utf8').includes('startGateway');

/** The tests that judge mutants. */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    // One worker for all files of a mutant: to start one and to load modules takes longer than most tests.
    isolate: false,
    setupFiles: ['test/support/judge-mutants.ts'],
    include: rooms
      .flatMap((room) => readdirSync(join('test', room)).map((name) => join('test', room, name)))
      .filter((file) => file.endsWith('.test.ts') && startsNoGateway(file)),
  },
});
