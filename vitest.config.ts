import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    // Vitest can load graphql twice, as ESM and as CommonJS, and graphql refuses types of its other self.
    alias: [{ find: /^graphql$/, replacement: createRequire(import.meta.url).resolve('graphql/index.js') }],
  },
  test: {
    include: ['test/**/*.test.ts'],
    // More than cores: many tests wait, for a deadline or a process.
    maxWorkers: 3,
    // The machines are shared and slow at times: a limit is there to end a hang, never to judge speed.
    testTimeout: 120_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 60_000 } },
  },
});
