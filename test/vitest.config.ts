import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import ClosingLine from './support/closing-line.ts';

export default defineConfig({
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/temporary-folder.ts'],
    reporters: ['default', new ClosingLine()],
    // Each file has its own process: a native database that dies takes one file's tests with it, not the run.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
});
