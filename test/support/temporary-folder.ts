import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Gives a run of tests a temporary folder of its own, and takes it away with all that tests left in it. */
const setup = (): (() => void) => {
  const folder = mkdtempSync(join(tmpdir(), 'himsight-test-'));
  // A database server that a test starts runs as another user.
  chmodSync(folder, 0o755);
  process.env.TMPDIR = folder;
  return () => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
};

export default setup;
