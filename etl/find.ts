import { existsSync, globSync, statSync } from 'node:fs';
import { basename, relative, sep } from 'node:path';

/** What their sender says of the files lies beside them under this name. */
export const manifestName = 'manifest.json';

const byName = new Intl.Collator('en', { numeric: true });

/** Path order, in which `day-9.csv` comes before `day-10.csv`; ties by code point, so that the order is total. */
export const comparePaths = (a: string, b: string): number => byName.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);

/**
 * The files a source's path or glob means, absolute, in path order. None where nothing has arrived.
 *
 * The manifest beside them is none of them.
 */
export const findFiles = (path: string): readonly string[] => {
  // A name with brackets in it is a name first and a pattern second.
  const found = existsSync(path) ? [path] : globSync(path);
  return (
    found
      .filter((file) => basename(file) !== manifestName)
      // A link that leads nowhere is kept, so that it is missed aloud.
      .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() ?? true)
      .sort(comparePaths)
  );
};

/** A file's name as messages and the ledger give it: relative to the workspace, with forward slashes. */
export const fileName = (workspaceFolder: string, file: string): string =>
  relative(workspaceFolder, file).split(sep).join('/');
