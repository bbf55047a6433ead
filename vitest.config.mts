import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

const { resolve } = createRequire(import.meta.url);

export default defineConfig({
  resolve: {
    // n8n-workflow's ESM build does not load in Node; its CommonJS one is the copy that n8n-core uses, so `instanceof` holds.
    alias: [{ find: /^n8n-workflow$/, replacement: resolve('n8n-workflow') }],
  },
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
