import type { DuckDBConnection } from '@duckdb/node-api';
import type { CheckSettings } from '../check/check.ts';
import { UserError } from '../error.ts';
import { identifier, literal } from '../quote.ts';
import { readRows, type PlainRow } from '../rows.ts';
import { hasRowChecks, settingOf } from './checks.ts';

/** An edit of a release, as it is set now. */
export interface ReleaseEdit {
  readonly id: string;
  /** `error`: what fails it is wrong; `warning`: it is unusual, and somebody should look. */
  readonly level: 'error' | 'warning';
  readonly says: string;
  /** Why it matters, and what to do. */
  readonly means: string;
  readonly source: string;
  /** The items to look at, by id. */
  readonly items: readonly string[];
}

/** Edits of a release that are put to one relation. */
export interface EditScan {
  readonly edits: readonly (ReleaseEdit & { readonly applies: string; readonly violated: string })[];
  /** Columns that name a row: surrogates. */
  readonly key: readonly string[];
  /** SQL of its rows, and the name they go by. */
  readonly rows: string;
  readonly alias: string;
  /** SQL of a date in a row's month; null: none. */
  readonly month: string | null;
}

/** The edits of a release, those of cases first, then those of what cases have in common: patients. */
export interface EditScans {
  /** The scan with the longest key: its rows are the cases. */
  readonly cases: EditScan;
  /** Scans whose key is a part of that of the cases. */
  readonly shared: readonly EditScan[];
}

/**
 * The edits a release was built with, those left out that a workspace has set off or that could not be run.
 *
 * @returns null where there are none
 * @throws UserError for a release of a version that knew no edits
 */
export const editScans = async (connection: DuckDBConnection, settings: CheckSettings): Promise<EditScans | null> => {
  const rows = (await hasRowChecks(connection)) ? await readRows(connection, 'select * from meta."check"') : [];
  if (rows.some(({ kind }) => kind === undefined))
    throw new UserError('The release was built before there were edits.', { mend: 'Run `himsight run` once.' });
  const asked = rows.filter(
    (row) => row.kind === 'edit' && row.error === null && settingOf(row, settings).off === null,
  );
  const scans = [...Map.groupBy(asked, (row) => String(row.rows_sql)).values()]
    .map((each) => scanOf(each, settings))
    .sort((a, b) => b.key.length - a.key.length);
  const [cases, ...shared] = scans;
  if (cases === undefined) return null;
  return { cases, shared: shared.filter(({ key }) => key.every((column) => cases.key.includes(column))) };
};

const scanOf = (rows: readonly PlainRow[], settings: CheckSettings): EditScan => {
  const [first] = rows;
  return {
    edits: rows
      .map((row) => ({
        id: String(row.id),
        level: settingOf(row, settings).severity === 'characterisation' ? ('warning' as const) : ('error' as const),
        ...{ says: String(row.says), means: String(row.note), source: String(row.origin) },
        items: JSON.parse(String(row.items)) as string[],
        ...{ applies: String(row.applies), violated: String(row.violated) },
      }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    key: JSON.parse(String(first?.key)) as string[],
    ...{ rows: String(first?.rows_sql), alias: String(first?.relation).split('.')[1]! },
    month: typeof first?.month_sql === 'string' ? first.month_sql : null,
  };
};

/**
 * SQL of the rows of a scan, only those of some cases where they are given, to stand after `from`.
 *
 * @param cases a select that yields the key columns of the cases meant; null: all
 */
export const rowsOfCases = ({ rows, alias, key }: EditScan, cases: string | null): string =>
  cases === null ? rows : `${rows}\nsemi join (\n${cases}\n) as _case on ${sameKey(key, '_case', identifier(alias))}`;

/** SQL: whether the key columns of two relations agree; two that are not known do. */
export const sameKey = (key: readonly string[], one: string, other: string): string =>
  key
    .map(identifier)
    .map((column) => `${one}.${column} is not distinct from ${other}.${column}`)
    .join(' and ');

/** SQL: whether a row fails an edit; not known is no. */
export const failsSql = ({ applies, violated }: { applies: string; violated: string }): string =>
  `coalesce((\n${applies}\n) and (\n${violated}\n), false)`;

/** SQL: the ids of the edits a row fails, as a list. */
export const failedIdsSql = ({ edits }: EditScan): string =>
  `list_filter([${edits.map((edit) => `case when ${failsSql(edit)} then ${literal(edit.id)} end`).join(',\n')}], ` +
  'lambda id: id is not null)';

/** SQL: whether a row fails an edit of level error. */
export const failsErrorSql = ({ edits }: EditScan): string =>
  ['false', ...edits.filter(({ level }) => level === 'error').map(failsSql)].join('\nor ');
