import { cp, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';

const root = join(import.meta.dirname, '../../..');

/** When the youngest source of the pages was written, in milliseconds. */
const writtenAt = async (): Promise<number> => {
  const lists = await Promise.all(
    ['dashboard', 'warehouse'].map(async (folder) =>
      (await readdir(join(root, folder), { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile() && !entry.parentPath.startsWith(join(root, 'dashboard/dist')))
        .map(async (entry) => (await stat(join(entry.parentPath, entry.name))).mtimeMs),
    ),
  );
  return Math.max(...(await Promise.all(lists.flat())));
};

/**
 * The pages as they are now, in a folder of the caller's own, so that no test reads what another one writes or takes away.
 *
 * They are built once a run of the tests, which has a temporary folder of its own: it takes seven seconds, and twenty
 * files of tests ask for it. Two that ask at the same time both build, and the second finds the place taken.
 */
export const buildBundle = async (): Promise<string> => {
  const built = join(tmpdir(), `himsight-built-${await writtenAt()}`);
  const own = await mkdtemp(join(tmpdir(), 'himsight-pages-'));
  const isThere = await stat(built).catch(() => null);
  if (isThere === null) {
    const outDir = await mkdtemp(join(tmpdir(), 'himsight-build-'));
    await build({
      configFile: join(root, 'dashboard/vite.config.ts'),
      logLevel: 'error',
      build: { outDir, emptyOutDir: true },
    });
    await rename(outDir, built).catch(() => rm(outDir, { recursive: true }));
  }
  await cp(built, own, { recursive: true });
  return own;
};
