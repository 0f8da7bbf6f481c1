import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** The lines of a file that `appendLines` wrote, oldest first; none where there is no file. A line that a crash tore off tells nothing. */
export const readLines = (file: string): readonly object[] => {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return lines.flatMap((line) => parsed(line));
};

/** A line torn in the middle of the file, which a crash leaves where the next line is appended, is left out too. */
const parsed = (line: string): readonly object[] => {
  try {
    return [JSON.parse(line) as object];
  } catch {
    return [];
  }
};

/** Appends lines; they are on the disk before the call returns. Only its owner may read the file. */
export const appendLines = (file: string, lines: readonly object[]): void => {
  if (lines.length === 0) return;
  mkdirSync(dirname(file), { recursive: true });
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const open = openSync(file, 'a', 0o600);
  try {
    // A line break first parts these lines from one that a crash tore off.
    const gap = before === '' || before.endsWith('\n') ? '' : '\n';
    writeSync(open, gap + lines.map((each) => `${JSON.stringify(each)}\n`).join(''));
    fsyncSync(open);
  } finally {
    closeSync(open);
  }
};
