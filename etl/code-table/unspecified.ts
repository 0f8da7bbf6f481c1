import type { ParsedTable } from './parsed-table.ts';

/**
 * Adds to a table of ICD-10-CM what its titles say of specificity.
 *
 * is_unspecified: the official title has the word "unspecified" (measures CQ5). has_specific_sibling: in the same
 * category of three characters there is a billable code whose title has it not, so something more specific could have
 * been said.
 */
export const withUnspecified = (table: ParsedTable): ParsedTable => {
  const place = (name: string): number => table.columns.indexOf(name);
  const [code, billable, title] = [place('code'), place('is_billable'), place('title')];
  const isUnspecified = (row: ParsedTable['rows'][number]): boolean => /\bunspecified\b/i.test(String(row[title]));
  const specific = new Set(
    table.rows.flatMap((row) => (row[billable] === true && !isUnspecified(row) ? [categoryOf(row[code])] : [])),
  );
  return {
    ...table,
    columns: [...table.columns, 'is_unspecified', 'has_specific_sibling'],
    rows: table.rows.map((row) => [...row, isUnspecified(row), specific.has(categoryOf(row[code]))]),
  };
};

const categoryOf = (code: unknown): string => String(code).slice(0, 3);
