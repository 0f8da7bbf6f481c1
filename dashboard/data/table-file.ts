import { toCsv } from './csv.ts';
import { send } from './request.ts';
import type { ShownTable } from './work-table.ts';

/** What a file says besides its rows. */
export interface FileWords {
  readonly title: string;
  /** What is shown and of what: period and filters among it. */
  readonly note: string;
  /** Address, release, complete-through, definitions … by name. */
  readonly facts: Readonly<Record<string, string>>;
}

/** Forms in which a table on the page is kept. */
export const tableForms = ['csv', 'xlsx', 'parquet', 'arrow'] as const;
export type TableForm = (typeof tableForms)[number];
export const formNames: Readonly<Record<TableForm, string>> = {
  ...{ csv: 'CSV', xlsx: 'XLSX', parquet: 'Parquet', arrow: 'Arrow' },
};

/** The totals are a line of the table, as on the page. */
const linesOf = ({ rows, foot }: ShownTable) => (foot === null ? rows : [...rows, foot]);

const saidOf = ({ title, note, facts }: FileWords): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries({ title, shown: note, ...facts }).filter(([, text]) => text !== ''));

/** What it speaks of on lines before the header that begin with `# `, as the files of the server have it. */
const csvOf = (table: ShownTable, words: FileWords): string => {
  const said = Object.entries(saidOf(words)).map(
    ([name, text]) => `# ${name}: ${text.replaceAll(/[\r\n]+/g, ' ')}\r\n`,
  );
  return said.join('') + toCsv({ columns: table.columns, rows: linesOf(table) });
};

/**
 * The table as it stands on the page, as a file: its numbers as they are drawn from, and what they speak of.
 *
 * @throws RequestError where the server, which writes Parquet and Arrow, cannot be reached
 */
export const tableFile = async (table: ShownTable, words: FileWords, form: TableForm): Promise<Blob> => {
  if (form === 'csv') return new Blob([csvOf(table, words)], { type: 'text/csv' });
  if (form === 'xlsx') {
    const { workbookOf } = await import('./save-workbook.ts');
    return workbookOf(words.title, table, words.note, words.facts);
  }
  const body = JSON.stringify({
    columns: table.columns.map(({ label }) => label || 'All'),
    rows: linesOf(table).map((cells) => cells.map(({ raw }) => raw)),
    about: saidOf(words),
  });
  const headers = { 'content-type': 'application/json' };
  return (await send(`/api/table.${form}`, { method: 'POST', body, headers })).blob();
};
