import { UserError } from '../../warehouse/error.ts';
import { toCsv } from '../data/csv.ts';
import type { ChartTable } from '../chart/drawing.ts';
import type { Report, TablePart } from './report.ts';
import { dataTables } from './write-xlsx.ts';

const labelsOf = ({ table }: TablePart): string => JSON.stringify(table.columns.map(({ label }) => label));

/**
 * The first table of each page as one CSV; of several pages, below each other behind a column with the page's title.
 *
 * @throws UserError where the pages hold tables of other columns: those do not go into one
 */
export const writeCsv = (report: Report): Uint8Array<ArrayBuffer> => {
  const tables = report.pages.flatMap((page) =>
    dataTables(page)
      .slice(0, 1)
      .map((part) => ({ page, part })),
  );
  const [first] = tables;
  if (first === undefined) throw new UserError('The report has no table, so there is nothing for a CSV.');
  if (tables.some(({ part }) => labelsOf(part) !== labelsOf(first.part)))
    throw new UserError('The pages of this report hold tables of different columns, which do not go into one CSV.', {
      mend: '`--format xlsx` gives each its own sheet; or take one page with `--page`.',
    });
  const isOne = tables.length === 1;
  const all: ChartTable = {
    columns: [...(isOne ? [] : [{ label: 'Page', numeric: false }]), ...first.part.table.columns],
    rows: tables.flatMap(({ page, part }) =>
      part.table.rows.map(({ cells }) => [...(isOne ? [] : [{ text: page.title, raw: page.title }]), ...cells]),
    ),
  };
  const claimed = tables.reduce((sum, { part }) => sum + part.table.claimed, 0);
  if (all.rows.length !== claimed)
    throw new Error(`a CSV holds ${all.rows.length} rows of the ${claimed} that were answered`);
  return new TextEncoder().encode(toCsv(all));
};
