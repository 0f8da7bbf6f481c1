import type { DuckDBConnection } from '@duckdb/node-api';
import type { CheckSettings } from '../check/check.ts';
import { UserError, kindOf, withoutValues } from '../error.ts';
import { untilAborted } from '../interrupt.ts';
import { identifier, literal } from '../quote.ts';
import { readRows, type PlainRow } from '../rows.ts';
import {
  editScans,
  failedIdsSql,
  failsErrorSql,
  rowsOfCases,
  sameKey,
  type EditScan,
  type EditScans,
  type ReleaseEdit,
} from './edit-scan.ts';

/** How an edit came out over the cases asked for. */
export interface EditTotal extends ReleaseEdit {
  /** What is counted: an edit between records is put to a patient, and one patient may have several of the cases. */
  readonly of: 'case' | 'patient';
  /** Cases, or patients, it applies to. */
  readonly examined: number;
  readonly failing: number;
}

/** Cases of one year of diagnosis. */
export interface EditYear {
  /** null: cases without a date. */
  readonly year: number | null;
  readonly cases: number;
  /** Of these, cases that fail no edit of level error, of their own or of their patient's. */
  readonly withoutErrors: number;
}

/** How cases fare with the edits of a release: counts alone. These are not the official NAACCR edits. */
export interface EditReport {
  /** In order of id. */
  readonly edits: readonly EditTotal[];
  /** In order, without a date last. */
  readonly years: readonly EditYear[];
}

/** What is asked of which cases. */
export interface EditsAsked {
  readonly settings: CheckSettings;
  /**
   * A select that yields the key columns of the cases (facility_id, patient_key … of core.tumor), each once; null: all cases of
   * the release. Edits between records look at all records of the patients named, whichever of them are among the cases.
   */
  readonly cases: string | null;
  /** Once it is aborted the statement under way is interrupted, and its reason thrown. */
  readonly signal?: AbortSignal;
}

/**
 * Counts the edits of a release over some of its cases.
 *
 * @throws UserError where the release has no edits, or one of them cannot be put to the data
 */
export const editReport = (connection: DuckDBConnection, asked: EditsAsked): Promise<EditReport> =>
  withScans(connection, asked, async (scans) => {
    const { cases, signal } = asked;
    const edits: EditTotal[] = [];
    const parts = [['case', scans.cases] as const, ...scans.shared.map((scan) => ['patient', scan] as const)];
    for (const [of, scan] of parts)
      for (const total of await totalsOf(connection, scan, asked)) edits.push({ ...total, of });
    const rows = await untilAborted(connection, signal, () => readRows(connection, yearsSql(scans, cases)));
    return {
      edits: edits.sort((a, b) => (a.id < b.id ? -1 : 1)),
      years: rows.map((row) => ({
        year: row.year as number | null,
        ...{ cases: Number(row.cases), withoutErrors: Number(row.without_errors) },
      })),
    };
  });

/**
 * SQL of one row per case and edit it fails, `edit_id` beside the key columns of the case; of an edit between records the key
 * columns of the patient, the others null. One pass over each relation; read it as a stream, it may be long.
 *
 * @throws UserError where the release has no edits
 */
export const failingCasesSql = (connection: DuckDBConnection, asked: EditsAsked): Promise<string> =>
  withScans(connection, asked, (scans) => {
    const { key } = scans.cases;
    const parts = [scans.cases, ...scans.shared].map((scan) => {
      const columns = key.map((column) =>
        scan.key.includes(column) ? identifier(column) : `null as ${identifier(column)}`,
      );
      return `select ${columns.join(', ')}, unnest(${failedIdsSql(scan)}) as edit_id\nfrom ${rowsOfCases(scan, asked.cases)}`;
    });
    return Promise.resolve(parts.join('\nunion all\n'));
  });

const totalsOf = async (
  connection: DuckDBConnection,
  scan: EditScan,
  { cases, signal }: EditsAsked,
): Promise<readonly Omit<EditTotal, 'of'>[]> => {
  const { edits } = scan;
  const counted = (condition: (edit: EditScan['edits'][number]) => string): string =>
    `unnest([${edits.map((edit) => `count(*) filter (where ${condition(edit)})`).join(',\n')}])`;
  const sql = `select
      unnest([${edits.map(({ id }) => literal(id)).join(', ')}]) as id,
      ${counted(({ applies }) => `(\n${applies}\n)`)} as examined,
      ${counted(({ applies, violated }) => `(\n${applies}\n) and (\n${violated}\n)`)} as failing
    from ${rowsOfCases(scan, cases)}`;
  const rows = await untilAborted(connection, signal, () => readRows(connection, sql));
  const found = new Map(rows.map((row): [string, PlainRow] => [String(row.id), row]));
  return edits.map(({ applies: _applies, violated: _violated, ...edit }) => ({
    ...edit,
    ...{ examined: Number(found.get(edit.id)?.examined), failing: Number(found.get(edit.id)?.failing) },
  }));
};

/** One pass over the cases: by year, how many there are and how many fail no error, of their own or shared. */
const yearsSql = ({ cases: scan, shared }: EditScans, cases: string | null): string => {
  const keys = (columns: readonly string[]): string => columns.map(identifier).join(', ');
  const marked = shared.map(
    (each, at) =>
      `left join (select distinct ${keys(each.key)}, true as fails from ${each.rows} where ${failsErrorSql(each)}) as _shared${at} ` +
      `on ${sameKey(each.key, `_shared${at}`, '_own')}`,
  );
  const fails = ['_own.fails', ...shared.map((_, at) => `coalesce(_shared${at}.fails, false)`)].join(' or ');
  return `select cast(year(_own.month) as integer) as year, count(*) as cases, count(*) filter (where not (${fails})) as without_errors
    from (
      select ${keys(scan.key)}, cast((${scan.month ?? 'null'}) as date) as month, ${failsErrorSql(scan)} as fails
      from ${rowsOfCases(scan, cases)}
    ) as _own
    ${marked.join('\n')}
    group by 1 order by 1 nulls last`;
};

/** Hands the scans of a release on; whatever goes wrong in putting them is told without a value of a row. */
export const withScans = async <T>(
  connection: DuckDBConnection,
  { settings, signal }: EditsAsked,
  use: (scans: EditScans) => Promise<T>,
): Promise<T> => {
  const scans = await editScans(connection, settings);
  if (scans === null)
    throw new UserError('The release has no edits.', {
      mend: 'They are the files of the folder `edit` of `sql`; run `himsight run` once.',
    });
  try {
    return await use(scans);
  } catch (cause) {
    if (signal?.aborted === true || cause instanceof UserError) throw cause;
    throw new UserError(`The edits could not be put to the data: ${kindOf(cause)}.`, { cause: withoutValues(cause) });
  }
};
