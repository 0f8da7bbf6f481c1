import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Output } from '../print/output.ts';

/** Where vite puts the pages. */
export const distFolder = fileURLToPath(new URL('../../dashboard/dist', import.meta.url));
const dashboardFolder = fileURLToPath(new URL('../../dashboard', import.meta.url));
const lockFile = fileURLToPath(new URL('../../package-lock.json', import.meta.url));

/** Builds dashboard/dist with vite where it is missing or older than any of its sources. */
export const buildPages = async (output: Output): Promise<void> => {
  const built = join(distFolder, 'index.html');
  if (existsSync(built) && statSync(built).mtimeMs >= newestSource()) return;
  output.say('Building the pages.');
  // Loaded only here: vite takes longer to load than all the rest.
  const { build } = await import('vite');
  await build({
    root: dashboardFolder,
    configFile: join(dashboardFolder, 'vite.config.ts'),
    logLevel: 'error',
    clearScreen: false,
  });
};

/** Latest change of what the pages are made from, in milliseconds. */
const newestSource = (): number => {
  const notSource = /^(dist|server)([\\/]|$)/;
  const files = readdirSync(dashboardFolder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => !notSource.test(name),
  );
  return Math.max(statSync(lockFile).mtimeMs, ...files.map((name) => statSync(join(dashboardFolder, name)).mtimeMs));
};
