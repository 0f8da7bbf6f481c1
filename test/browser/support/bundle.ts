import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';

/** Builds the pages as they are now into a folder of their own, so that no test reads what another one is writing. */
export const buildBundle = async (): Promise<string> => {
  const outDir = await mkdtemp(join(tmpdir(), 'himsight-pages-'));
  await build({
    configFile: join(import.meta.dirname, '../../../dashboard/vite.config.ts'),
    logLevel: 'error',
    build: { outDir, emptyOutDir: true },
  });
  return outDir;
};
