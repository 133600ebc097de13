import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** The tests that judge mutants: quick ones, of the mutated modules. */
export default defineConfig({
  ...base,
  test: { ...base.test, include: ['test/reads/plan-reads.test.ts', 'test/reads/port-list-reader.test.ts'] },
});
