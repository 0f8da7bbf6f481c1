import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Waits until a file, or the entries of a folder, stand on the disk itself. */
export const syncToDisk = (path: string): void => {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r+');
  } catch {
    // A folder opens for reading only; on Windows not at all, and there a rename is durable by itself.
    try {
      descriptor = openSync(path, 'r');
    } catch {
      return;
    }
  }
  try {
    fsyncSync(descriptor);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
  } finally {
    closeSync(descriptor);
  }
};

/** Renames a file so that after a power cut there is the old state or the new one, nothing between. */
export const renameDurably = (from: string, to: string): void => {
  syncToDisk(from);
  renameSync(from, to);
  syncToDisk(dirname(to));
};

/** Replaces a small file whole: readers see the old text or the new one. */
export const writeDurably = (path: string, text: string): void => {
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, text, { mode: 0o600 });
  renameDurably(temporary, path);
};
