import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

const generated = new Set(['node_modules', 'dist', '.git', '.himsight', '__snapshots__']);

/** Paths of all files below `folder`, relative to the repository, with forward slashes, in name order. */
export const filesBelow = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => !generated.has(entry.name))
    .flatMap((entry) => {
      const path = join(folder, entry.name).split(sep).join('/');
      return entry.isDirectory() ? filesBelow(path) : [path];
    })
    .sort();

/** Text of a file named relative to the repository. */
export const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');

export interface Import {
  /** Importing file, relative to the repository. */
  readonly from: string;
  /** Imported file, relative to the repository; the bare name of a package otherwise. */
  readonly to: string;
  /** True where only types cross: `import type`. */
  readonly isType: boolean;
}

const statement =
  /(?:^|\n)\s*(?:import|export)\s+(type\s)?[^'";]*?from\s+'([^']+)'|import\(\s*'([^']+)'\s*\)|(?:^|\n)\s*import\s+'([^']+)'/g;

/** Every import of a TypeScript or Svelte file, dynamic ones included. */
export const importsOf = (path: string): readonly Import[] =>
  [...textOf(path).matchAll(statement)].map(([, type, named, dynamic, bare]) => {
    const name = named ?? dynamic ?? bare ?? '';
    const to = name.startsWith('.')
      ? relative(root, normalize(join(root, dirname(path), name)))
          .split(sep)
          .join('/')
      : name;
    return { from: path, to, isType: type !== undefined };
  });
