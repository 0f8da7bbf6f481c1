import { statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { listValue } from '@duckdb/node-api';
import { UserError } from '../../warehouse/error.ts';
import { openBuilder } from '../../warehouse/open.ts';
import { literal } from '../../warehouse/quote.ts';
import { readRows } from '../../warehouse/rows.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** What a surrogate may stand for. */
export const labelKinds = ['encounter', 'provider', 'coder'] as const;
export type LabelKind = (typeof labelKinds)[number];

/** What the desk calls a surrogate, and where its chart is found; null without a link template. */
export interface Label {
  readonly label: string;
  readonly link: string | null;
}

/** Where a workspace keeps its labels; null where it keeps none. */
export interface LabelFile {
  /** Absolute. */
  readonly file: string;
  /** Address in the record system with `{label}` in it; null = none. */
  readonly link: string | null;
}

/**
 * The label file of a workspace.
 *
 * @throws UserError when it lies inside the data folder (releases and backups are made of that), is not there, or may be
 *   read by others than its owner
 */
export const labelFileOf = ({ folder, dataFolder, config }: Workspace): LabelFile | null => {
  const labels = config.server?.labels;
  if (labels === undefined) return null;
  const file = resolve(folder, labels.file);
  const key = 'himsight.yaml `server.labels.file`:';
  if (!relative(dataFolder, file).startsWith('..'))
    throw new UserError(`${key} the label file lies inside the data folder.`, {
      mend: 'Keep it in a folder of its own: it says who the surrogates are.',
    });
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat?.isFile()) throw new UserError(`${key} there is no such file.`, { mend: 'Write one: kind,id,label.' });
  // Windows has no such bits; there the folder's own rights protect it.
  if (process.platform !== 'win32' && (stat.mode & 0o077) !== 0)
    throw new UserError(`${key} others than its owner may read the label file.`, {
      mend: 'Take their rights away: chmod 600.',
    });
  return { file, link: labels.link ?? null };
};

/**
 * The labels of some ids of one kind. The file is read anew each time and nothing of it is kept in memory; an id without a
 * label is missing from the answer, and of one with several labels the first in order is taken.
 *
 * @throws UserError when the file is not a CSV with the columns kind, id and label; no value of it is in the message
 */
export const findLabels = async (
  { file, link }: LabelFile,
  kind: LabelKind,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Label>> => {
  const { connection, close } = await openBuilder(null, { threads: 1 });
  try {
    const rows = await readRows(
      connection,
      `select id, min(label) as label
       from read_csv(${literal(file)}, header = true, all_varchar = true, delim = ',', quote = '"', escape = '"')
       where kind = $1 and list_contains($2, id) and label is not null
       group by id`,
      [kind, listValue([...ids])],
    );
    return new Map(rows.map((row) => [String(row.id), labelled(String(row.label), link)]));
  } catch {
    // DuckDB's sentence may quote a line of the file, so it is not passed on.
    throw new UserError('The label file cannot be read.', {
      mend: 'It is a CSV in UTF-8 with the header kind,id,label and commas.',
    });
  } finally {
    await close();
  }
};

const labelled = (label: string, link: string | null): Label => ({
  label,
  link: link === null ? null : link.replaceAll('{label}', encodeURIComponent(label)),
});
