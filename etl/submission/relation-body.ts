import type { DuckDBConnection } from '@duckdb/node-api';
import { UserError } from '../../warehouse/error.ts';
import { identifier, literal, relationName } from '../../warehouse/quote.ts';
import { readRows } from '../../warehouse/rows.ts';
import { Flaws, type Body } from './body.ts';
import type { SubmissionPeriod } from './case-rows.ts';
import { csvLine } from './csv-line.ts';
import type { CsvColumn, CsvProfile } from './profile.ts';
import type { RowDigest, RowKey } from './row-digest.ts';
import { rowsOf } from './rows-of.ts';
import { Tally } from './tally.ts';

/** SQL of the rows of a profile's relation with `_left_out`: why one is not sent, null where it is. */
export const judgedRows = ({ rows, period, where }: CsvProfile, { from, to }: SubmissionPeriod): string => {
  const date = identifier(period);
  const own = where === null ? '' : `when not coalesce((\n${where}\n), false) then 'where'`;
  return `select *, case when ${date} is null then 'undated'
      when not (${date} >= date ${literal(from)} and ${date} < date ${literal(to)}) then 'period'
      ${own} end as _left_out from ${relationName(rows)}`;
};

/**
 * Rows of any relation as CSV under the columns of a receiver's. A value that the profile has no code for, and one that is
 * too long, stand in the way of sending the file.
 *
 * @throws UserError when the profile names a column the relation has not
 */
export const relationBody = async (
  connection: DuckDBConnection,
  profile: CsvProfile,
  judged: string,
  onRow: (row: RowDigest) => void,
): Promise<Body> => {
  await checkColumns(connection, profile);
  const tally = new Tally(profile.required, onRow);
  const flaws = new Flaws();
  const columns = [...profile.columns];
  const text = async function* (): AsyncGenerator<string> {
    yield csvLine(columns.map(([name]) => name));
    for await (const [key, year, ...values] of rowsOf(connection, rowsSql(profile, judged))) {
      const name = key as RowKey;
      const cells = columns.map(([column, rule], i) => {
        const cell = cellOf(rule, values[i] as string | null);
        if (cell.flaw !== null) flaws.add({ ...cell.flaw, item: column }, [name]);
        return cell.text;
      });
      const filled = columns.flatMap(([column], i) => (cells[i] === null ? [] : [[column, cells[i]!] as const]));
      tally.take({ key: name, year: year === null ? null : Number(year), values: [new Map(filled)] });
      yield csvLine(cells);
    }
  };
  return { text: text(), tally, patients: () => null, flaws: () => flaws.all, skipped: () => new Map() };
};

const rowsSql = ({ key, period, columns }: CsvProfile, judged: string): string => {
  const values = [...columns.values()].map((rule) => `, ${valueSql(rule)}`).join('');
  const keys = key.map((column) => `coalesce(cast(${identifier(column)} as varchar), '')`).join(', ');
  return `select [${keys}] as _key, year(${identifier(period)}) as _year${values}
    from (${judged}) where _left_out is null order by ${key.map(identifier).join(', ')}`;
};

const valueSql = ({ from, constant, date }: CsvColumn): string => {
  if (from === undefined) return literal(constant ?? '');
  if (date === undefined) return `cast(${identifier(from)} as varchar)`;
  return `strftime(${identifier(from)}, ${literal(strftimeOf(date))})`;
};

const strftimeOf = (form: string): string =>
  form.replace(/YYYY|MM|DD|HH|mm/g, (part) => ({ YYYY: '%Y', MM: '%m', DD: '%d', HH: '%H', mm: '%M' })[part]!);

interface Cell {
  readonly text: string | null;
  readonly flaw: { readonly rule: string; readonly says: string } | null;
}

const cellOf = ({ values, length }: CsvColumn, value: string | null): Cell => {
  if (value === null || value === '') return { text: null, flaw: null };
  const text = values === undefined ? value : values[value];
  if (text === '') return { text: null, flaw: null };
  if (text === undefined)
    return {
      text: null,
      flaw: { rule: 'no-code', says: 'The profile has no code for a value of the rows: add it to `values`.' },
    };
  if (length !== undefined && text.length > length)
    return { text, flaw: { rule: 'too-long', says: `It is longer than the ${length} characters the receiver takes.` } };
  return { text, flaw: null };
};

/** @throws UserError when a profile names a relation that is not there, or a column it has not */
export const checkColumns = async (connection: DuckDBConnection, profile: CsvProfile): Promise<void> => {
  const described = await readRows(
    connection,
    `select column_name as name from (describe select * from ${relationName(profile.rows)})`,
  ).catch((cause: unknown) => {
    throw new UserError(`Profile ${profile.id}: the release has no ${profile.rows}.`, {
      mend: 'Run `himsight run` once, or name another relation under `rows`.',
      cause,
    });
  });
  const known = new Set(described.map(({ name }) => String(name)));
  const asked = [...profile.key, profile.period, ...[...profile.columns.values()].flatMap(({ from }) => from ?? [])];
  const unknown = asked.find((column) => !known.has(column));
  if (unknown !== undefined)
    throw new UserError(`Profile ${profile.id}: ${profile.rows} has no column \`${unknown}\`.`, {
      mend: `It has ${[...known].join(', ')}.`,
    });
  const lost = profile.required.find((name) => !profile.columns.has(name));
  if (lost !== undefined)
    throw new UserError(`Profile ${profile.id}: \`required\` names \`${lost}\`, which is no column of it.`);
};
