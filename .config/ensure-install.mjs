// Makes `npm start` and `npm test` work on a bare clone: installs when node_modules is missing, half finished or stale.
// Runs on any Node that npm itself runs on; the pinned Node of the lock file is used from then on.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

const packagesOf = (file) => {
  try {
    return JSON.parse(readFileSync(root + file, 'utf8')).packages;
  } catch {
    return null;
  }
};

/** npm writes node_modules/.package-lock.json last, so a half-finished install has none, or an old one. */
const isInstalled = () => {
  const wanted = packagesOf('package-lock.json');
  const found = packagesOf('node_modules/.package-lock.json');
  if (!wanted || !found) return false;
  for (const [path, { version, optional, devOptional, peer, link }] of Object.entries(wanted)) {
    if (path === '' || link) continue;
    const there = found[path];
    if (there ? there.version !== version : !(optional || devOptional || peer)) return false;
    if (there && !existsSync(`${root}${path}/package.json`)) return false;
  }
  return true;
};

if (!isInstalled()) {
  process.stderr.write('Installing the packages of the lock file (npm ci) …\n');
  const { status } = spawnSync('npm', ['ci', '--loglevel=error', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    process.stderr.write('npm ci failed: see its message above, mend it and run the command again.\n');
    process.exit(status ?? 1);
  }
}
