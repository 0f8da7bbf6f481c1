import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { UserError } from '../error.ts';
import { followsIn, type Followed } from './follow.ts';
import { namesIn, readHeader, type Header } from './header.ts';

/** Layers that models are written in, in the order they are built. */
export const MODEL_LAYERS = ['staging', 'core', 'mart', 'submission'] as const;
export type Layer = (typeof MODEL_LAYERS)[number];

/** Layers that are kept in a release; staging lives only while one is built. */
export const KEPT_LAYERS = ['core', 'mart', 'submission'] as const satisfies readonly Layer[];

/**
 * How a model is kept: `view` is worked out whenever it is read, `table` is built whole, `period` is a table built and
 * replaced by calendar month of one of its columns.
 */
export type Kind = 'view' | 'table' | 'period';

/** One SQL file that builds one relation. */
export interface Model {
  /** `core.encounter`: folder and file name. */
  readonly name: string;
  readonly layer: Layer;
  readonly kind: Kind;
  /** The date or timestamp column of a period model; null for the other kinds. */
  readonly periodColumn: string | null;
  /**
   * Raw tables whose months are the months of `periodColumn`: a change in March of one of them touches March of this
   * model alone. Empty: any change rebuilds every month, unless it follows relations of kept layers.
   */
  readonly follows: readonly string[];
  /** Relations of kept layers whose changed rows tell the months to replace; only the build finds out which. */
  readonly followed: readonly Followed[];
  /** Key column that the header promises to keep apart (`Apart  encounter_id`); empty where it promises nothing. */
  readonly apart: readonly string[];
  /** Columns that name the same unit as its key column does, by definition of this model (`Links  account_id`). */
  readonly links: readonly string[];
  /** Columns that identify a row, as the header states them. */
  readonly key: readonly string[];
  readonly header: Header;
  /** The whole file as written, header included. */
  readonly sql: string;
  /** Where the file stands, from its `sql` folder on, for messages. */
  readonly file: string;
}

/** A file of a `sql` folder, found by kind of folder and extension. */
export interface SqlFile {
  /** File name without extension. */
  readonly name: string;
  /** Path for messages: from the `sql` folder on, with slashes. */
  readonly file: string;
  readonly path: string;
  readonly text: string;
}

/**
 * All files `<folder>/<part>/**\/*.<extension>` of several `sql` folders, in order of name.
 *
 * @throws UserError when two files would build the same thing, or a name is not lower_snake_case (hyphens where allowed)
 */
export const filesOf = (folders: readonly string[], part: string, extension: string, allowed: RegExp): SqlFile[] => {
  const found = new Map<string, SqlFile>();
  for (const folder of folders) {
    const root = join(folder, part);
    if (!existsSync(root)) continue;
    for (const path of readdirSync(root, { recursive: true, encoding: 'utf8' }).sort()) {
      if (!path.endsWith(extension)) continue;
      const name = basename(path, extension);
      const file = [basename(folder), part, path.split(sep).join('/')].join('/');
      if (!allowed.test(name)) throw new UserError(`${file}: the name ${name} is not in lower case and underscores.`);
      const twin = found.get(name);
      if (twin !== undefined)
        throw new UserError(
          `${file}: ${part}.${name} is defined in ${twin.file} (${relative('.', twin.path)}) already.`,
          {
            mend: 'Rename one of the two files.',
          },
        );
      found.set(name, { name, file, path: join(root, path), text: readFileSync(join(root, path), 'utf8') });
    }
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
};

const kindOf = (layer: Layer, file: string, stated: string | undefined): Pick<Model, 'kind' | 'periodColumn'> => {
  const [kind, column, ...rest] = namesIn(stated);
  if (kind === undefined) return { kind: layer === 'staging' ? 'view' : 'table', periodColumn: null };
  if ((kind === 'view' || kind === 'table') && column === undefined) return { kind, periodColumn: null };
  if (kind === 'period' && column !== undefined && rest.length === 0 && layer !== 'staging')
    return { kind, periodColumn: column };
  throw new UserError(`${file}: Kind \`${stated}\` is not known.`, {
    mend: 'Write `Kind view`, `Kind table` or (not in staging) `Kind period <date column>`.',
  });
};

const modelOf = (layer: Layer, { name, file, text }: SqlFile): Model => {
  const header = readHeader(text);
  if (!header.summary.startsWith('One row per '))
    throw new UserError(`${file}:1: the header is missing; a model opens with a comment "-- One row per …".`);
  const key = namesIn(header.fields.key);
  if (key.length === 0)
    throw new UserError(`${file}: the header has no Key; add a line "-- Key  <columns that identify a row>".`);
  const kind = kindOf(layer, file, header.fields.kind);
  const follows = followsIn(file, header.fields.follows);
  const units = {
    apart: namesIn(header.fields.apart),
    links: namesIn(header.fields.links),
  };
  return { name: `${layer}.${name}`, layer, ...kind, ...follows, ...units, key, header, sql: text, file };
};

/**
 * Reads every model of several `sql` folders (the shipped one first, then the user's).
 *
 * @throws UserError for a header that is missing or wrong, or two files that build the same relation
 */
export const readModels = (folders: readonly string[]): Model[] =>
  MODEL_LAYERS.flatMap((layer) =>
    filesOf(folders, layer, '.sql', /^[a-z][a-z0-9_]*$/).map((file) => modelOf(layer, file)),
  );
