import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** The tests that judge mutants: of the rooms that are mutated, without what waits or starts processes. */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: [
      'test/{reads,writes,cost}/**/*.test.ts',
      'test/failures/{answers,back-off,breaker,bulkhead,echo,retries}.test.ts',
    ],
    exclude: ['test/reads/long-pages.test.ts', 'test/writes/apollo-client.test.ts'],
  },
});
