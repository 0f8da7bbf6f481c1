import { existsSync, globSync, readdirSync, statSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import type { SourceFormat } from './workspace/config.ts';
import { isNamedAs } from './workspace/format.ts';

/** What their sender says of the files lies beside them under this name. */
export const manifestName = 'manifest.json';

const byName = new Intl.Collator('en', { numeric: true });

/** Path order, in which `day-9.csv` comes before `day-10.csv`; ties by code point, so that the order is total. */
export const comparePaths = (a: string, b: string): number => byName.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);

/** Names that programs give to files they have not finished, and those of a workbook somebody has open. */
const unfinished = /\.(tmp|part|partial|filepart|crdownload|download)$|^~\$/i;

/** Whether a file is no extract by its name: hidden, the manifest, or not yet whole. */
export const isLeftOut = (name: string): boolean =>
  name.startsWith('.') || name === manifestName || unfinished.test(name);

/**
 * The files a source's path, folder or glob means, absolute, in path order. None where nothing has arrived.
 *
 * A path that names a file means it, whatever its name. A folder means the files directly in it that have an ending of
 * the format; a glob what it matches. Both leave out hidden files, the manifest, and files still being written by their
 * name.
 */
export const findFiles = (path: string, format: SourceFormat): readonly string[] =>
  matches(path, format)
    // A link that leads nowhere is kept, so that it is missed aloud.
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() ?? true)
    .sort(comparePaths);

const matches = (path: string, format: SourceFormat): readonly string[] => {
  // A name with brackets in it is a name first and a pattern second.
  if (!existsSync(path)) return globSync(path).filter((file) => !isLeftOut(basename(file)));
  if (!isFolder(path)) return [path];
  return readdirSync(path)
    .filter((name) => !isLeftOut(name) && isNamedAs(format, name))
    .map((name) => join(path, name));
};

/** Whether a path names a folder that is there. */
export const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** A file's name as messages and the ledger give it: relative to the workspace, with forward slashes. */
export const fileName = (workspaceFolder: string, file: string): string =>
  relative(workspaceFolder, file).split(sep).join('/');
