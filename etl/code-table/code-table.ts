import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { UserError } from '../../warehouse/error.ts';
import { openBuilder } from '../../warehouse/open.ts';
import { identifier, literal } from '../../warehouse/quote.ts';
import { readRows } from '../../warehouse/rows.ts';
import { globless } from '../read/csv.ts';
import { configName, type Workspace } from '../workspace/workspace.ts';
import { configuredFiles, tableKey, type ConfiguredFile } from './configured-file.ts';
import { converted, digestOf } from './convert.ts';
import { kinds, singleKinds, undatedKinds, type CodeTableKind } from './kind.ts';
import { periodsOf, type FileFacts, type Period } from './period.ts';

/** The code tables of one kind as himsight.yaml names them, ready to be read. */
export interface CodeTable {
  readonly kind: CodeTableKind;
  /** Hash of the files and of the days and versions given with them: equal fingerprint, equal rows. */
  readonly fingerprint: string;
  readonly parts: readonly CodeTablePart[];
}

/** One file of a table. */
export interface CodeTablePart extends Period {
  readonly name: string;
  /** Absolute; Parquet with the columns of its kind. */
  readonly parquet: string;
  readonly isDated: boolean;
  readonly rows: number;
}

/** Where converted tables are kept: once for each content. */
export const codeTableFolder = ({ dataFolder }: Pick<Workspace, 'dataFolder'>): string =>
  join(dataFolder, 'code_table');

/** What a table would be known by; reads its files and writes nothing. @throws UserError for a file that is not there */
export const codeTableFingerprint = (workspace: Workspace, kind: CodeTableKind): string =>
  fingerprintOf(configuredFiles(workspace, kind));

/**
 * The table of one kind, its files converted where that was not done before. No file named: no parts.
 *
 * @throws UserError naming file, line or key, and what would be right
 */
export const readCodeTable = async (workspace: Workspace, kind: CodeTableKind): Promise<CodeTable> => {
  const files = configuredFiles(workspace, kind);
  const known: (FileFacts & { readonly parquet: string })[] = [];
  for (const file of files) known.push(await factsOf(file, codeTableFolder(workspace)));
  if (singleKinds.includes(kind) && known.length > 1)
    throw new UserError(`${configName} \`${tableKey(kind)}\`: ${known.length} files.`, {
      mend: 'Name one version of it.',
    });
  const periods = periodsOf(known);
  const table = {
    kind,
    fingerprint: fingerprintOf(files),
    parts: known.map(({ name, parquet, isDated, rows }, i) => ({ name, parquet, isDated, rows, ...periods[i]! })),
  };
  await refuseOverlap(table);
  return table;
};

const fingerprintOf = (files: readonly ConfiguredFile[]): string =>
  createHash('sha256')
    .update(JSON.stringify(files.map((file) => [digestOf(file), file.valid_from, file.valid_to, file.version])))
    .digest('hex');

const factsOf = async (file: ConfiguredFile, folder: string): Promise<FileFacts & { readonly parquet: string }> => {
  const parquet = await converted(file, folder);
  const { connection, close } = await openBuilder(null);
  try {
    const rows = parquetRows(parquet);
    const weights = file.kind === 'ms_drg' ? 'count(relative_weight)' : '0';
    const [facts] = await readRows(
      connection,
      `select count(*) as n, any_value(file_year) as year, any_value(file_from)::varchar as since,
        any_value(file_version) as version, count(valid_from) as dated, ${weights} as weights
      from ${rows}`,
    );
    const { bytes: _bytes, ...rest } = file;
    return {
      ...rest,
      parquet,
      fileYear: (facts?.year ?? null) as number | null,
      fileFrom: (facts?.since ?? null) as string | null,
      fileVersion: (facts?.version ?? null) as string | null,
      isDated: Number(facts?.dated) > 0,
      rows: Number(facts?.n),
      weights: Number(facts?.weights),
    };
  } finally {
    await close();
  }
};

const parquetRows = (file: string): string => `read_parquet(${literal(globless(file))})`;

/** Rows of a whole table: `valid_from`, `valid_to` (exclusive, null = open) and `version` beside the columns of its kind. */
export const tableRows = ({ parts }: Pick<CodeTable, 'parts'>): string =>
  parts
    .map(
      (part) =>
        `select * from (${partRows(part)}) where valid_from is null or valid_to is null or valid_from < valid_to`,
    )
    .join('\nunion all by name\n');

/** Days that each row has of its own are cut to those given with the file; the others have the file's. */
const partRows = ({ parquet, isDated, from, to, version }: CodeTablePart): string => {
  const [first, end] = [constant(from, 'date'), constant(to, 'date')];
  return `select * exclude (file_year, file_from, file_version) replace (
      ${isDated ? `greatest(valid_from, ${first})` : first} as valid_from,
      ${isDated ? `least(valid_to, ${end})` : end} as valid_to
    ), ${constant(version, 'varchar')} as version
    from ${parquetRows(parquet)}`;
};

const constant = (value: string | null, type: string): string =>
  `cast(${value === null ? 'null' : literal(value)} as ${type})`;

/** @throws UserError where one code holds twice on one day */
const refuseOverlap = async ({ kind, parts }: CodeTable): Promise<void> => {
  if (parts.length === 0 || kind === 'ccsr' || kind === 'ms_drg') return;
  const { connection, close } = await openBuilder(null);
  try {
    const key = kinds[kind].key.map(identifier).join(', ');
    const [found] = await readRows(
      connection,
      `select count(*) as n from (
        select valid_to, lead(valid_from) over (partition by ${key} order by valid_from) as next, valid_from,
          row_number() over (partition by ${key} order by valid_from) as place, count(*) over (partition by ${key}) as many
        from (${tableRows({ parts })})
      ) where place < many and (valid_to is null or valid_to > next)`,
    );
    if (Number(found?.n) === 0) return;
    const isUndated = undatedKinds.includes(kind);
    throw new UserError(
      `${configName} \`${tableKey(kind)}\`: ${Number(found?.n)} ${isUndated ? 'rows come twice' : 'codes hold twice on one day'}, in ${parts.map(({ name }) => name).join(', ')}.`,
      {
        mend: isUndated
          ? 'Take a file out: each says the same thing in other numbers.'
          : 'Take a file out, or end the earlier one with `valid_to`, the first day on which it no longer holds.',
      },
    );
  } finally {
    await close();
  }
};
