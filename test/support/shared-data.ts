import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './tree.ts';

/**
 * Path of a file or folder of the public data that lies beside a working copy and is no part of it; null where it is
 * absent, and the test that wants it is to be skipped.
 */
export const sharedData = (...path: readonly string[]): string | null => {
  const file = join(root, '..', 'shared', 'data', ...path);
  return existsSync(file) ? file : null;
};
