import { workTable } from '../data/work-table.ts';
import { workbook, type WorkAbout, type WorkTable } from '../data/workbook.ts';
import { formatDay } from '../data/format.ts';
import type { Report, ReportPage, TablePart } from './report.ts';
import { checkWords, utcWords } from './words.ts';

/** The tables of a page with the columns that a spreadsheet holds: no pictures, all numbers. */
export const dataTables = (page: ReportPage): readonly TablePart[] =>
  page.parts
    .filter((part) => part.kind === 'table')
    .map((part) => {
      const keep = part.table.columns.map(({ only }) => only !== 'page');
      const kept = <T>(cells: readonly T[]): readonly T[] => cells.filter((_, at) => keep[at]);
      const { columns, rows, foot, claimed } = part.table;
      const table = {
        columns: kept(columns),
        rows: rows.map((row) => ({ ...row, cells: kept(row.cells) })),
        ...{ foot: foot === null ? null : kept(foot), claimed },
      };
      return { ...part, table };
    });

/** What a workbook says of itself on its first sheet. */
const aboutLines = ({ title, pages, about }: Report, names: readonly string[]): WorkAbout => [
  ['Report', title],
  ['Release', about.release],
  ['Built', utcWords(about.builtAt)],
  ['Extracts as of', about.asOf === null ? 'no extract says' : formatDay(about.asOf)],
  ['Complete through', formatDay(about.completeThrough)],
  ['Privacy', about.privacy],
  ...pages.flatMap((page, at): WorkAbout => [
    [`Page ${at + 1}`, page.title],
    ['Period and filters', page.words],
    ['Address', page.address],
    ...[page.headline ?? '', ...page.lines].filter((line) => line !== '').map((line) => ['', line] as const),
  ]),
  ['Sheets', names.join('; ')],
  ['Numbers', 'Shares are kept as 0 to 1 and shown as percent; empty is not known.'],
  ...about.metrics.flatMap((metric): WorkAbout => [
    [metric.label, `${metric.id} (${metric.code}), definition ${metric.version}`],
    ['Definition', metric.definition],
    ['Complete through', metric.completeThrough === null ? 'not known' : formatDay(metric.completeThrough)],
    ['Checks', checkWords(metric)],
  ]),
];

/** The tables of a report, each by its page and title where there are several. */
const sheetsOf = ({ pages }: Report): readonly WorkTable[] =>
  pages.flatMap((page, at) => {
    const tables = dataTables(page);
    const number = pages.length > 1 ? `${at + 1} ` : '';
    return tables.map(({ title, table }, index) => {
      if (table.rows.length !== table.claimed)
        throw new Error(`a sheet holds ${table.rows.length} rows of the ${table.claimed} that were answered`);
      const name = tables.length === 1 ? page.title : index === 0 ? page.title : title;
      const rows = table.rows.map(({ cells }) => cells);
      return workTable(number + name, { columns: table.columns, rows, foot: table.foot });
    });
  });

/** A report as a workbook: a sheet a table, numbers as numbers, dates as dates. */
export const writeXlsx = (report: Report): Uint8Array<ArrayBuffer> => {
  const sheets = sheetsOf(report);
  return workbook(
    aboutLines(
      report,
      sheets.map(({ name }) => name),
    ),
    sheets,
  );
};
