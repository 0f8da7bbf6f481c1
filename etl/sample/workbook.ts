import type { Contract, ContractColumn } from '../contract/contract.ts';
import type { Sheet } from './worksheet.ts';
import { columnName, toXlsx, type XlsxCell, type XlsxColumn, type XlsxSheet } from './xlsx.ts';

/** Lines of the first sheet: a head alone, or what is told and what it is. */
export type CoverLine = readonly [title: string] | readonly [name: string, value: string | number | null];

/** Rows below the last one that may still be filled in, with lists and hints. */
const spareRows = 1000;

/**
 * The worksheet as a workbook: Cover, Records (audit_review), Codes (audit_code) and Values, from which the drop-down
 * lists are taken. Columns have exactly the names of their contracts, so that the filled workbook can be read back.
 */
export const workbookOf = (cover: readonly CoverLine[], review: Sheet, code: Sheet): Uint8Array => {
  const lists = [...listsOf('Records', review.contract), ...listsOf('Codes', code.contract)];
  return toXlsx([
    coverSheet(cover),
    rowsSheet('Records', review, lists),
    rowsSheet('Codes', code, lists),
    valuesSheet(lists),
  ]);
};

/** A closed list of a contract's column, and the sheet whose column it is for. */
interface ValueList {
  readonly sheet: string;
  readonly column: string;
  readonly values: readonly string[];
}

const listsOf = (sheet: string, { columns }: Contract): readonly ValueList[] =>
  columns.flatMap(({ name, values, type }) => {
    const list = type === 'boolean' ? ['true', 'false'] : values;
    return list === null ? [] : [{ sheet, column: name, values: list }];
  });

const coverSheet = (lines: readonly CoverLine[]): XlsxSheet => ({
  name: 'Cover',
  columns: [plainColumn(34, 'wrapped'), plainColumn(110, 'wrapped')],
  rows: lines.map(([name, value], i): XlsxCell[] =>
    value === undefined ? [{ value: name, style: i === 0 ? 'title' : 'head' }] : [name, value],
  ),
  frozen: 0,
  filled: [1, 1],
});

const rowsSheet = (name: string, { contract, rows }: Sheet, lists: readonly ValueList[]): XlsxSheet => ({
  name,
  columns: contract.columns.map((column) => ({
    width: rows.reduce(
      (width, row) => Math.max(width, String(row[column.name] ?? '').length + 2),
      Math.max(12, column.name.length + 2),
    ),
    style: column.type === 'timestamp' ? 'moment' : isNumber(column) ? 'general' : 'text',
    list: rangeOf(lists, name, column.name),
    hint: { title: column.name, text: hintOf(column) },
  })),
  rows: [
    contract.columns.map(({ name: value }): XlsxCell => ({ value, style: 'head' })),
    ...rows.map((row) => contract.columns.map((column): XlsxCell => row[column.name] ?? null)),
  ],
  frozen: 1,
  filled: [2, rows.length + 1 + spareRows],
});

const isNumber = ({ type }: ContractColumn): boolean => type === 'integer' || type === 'decimal';

const rangeOf = (lists: readonly ValueList[], sheet: string, column: string): string | null => {
  const at = lists.findIndex((list) => list.sheet === sheet && list.column === column);
  if (at < 0) return null;
  const name = columnName(at);
  return `Values!$${name}$3:$${name}$${2 + lists[at]!.values.length}`;
};

const kinds: Readonly<Record<ContractColumn['type'], string>> = {
  text: 'Text',
  integer: 'A whole number',
  decimal: 'A number',
  boolean: 'true or false',
  date: 'A day, 2026-01-31',
  timestamp: 'A time, 2026-01-31 14:30:00',
};

const hintOf = ({ type, values, describes, required }: ContractColumn): string =>
  [
    values === null ? kinds[type] : `One of ${values.join(', ')}`,
    ...(describes === null ? [] : [describes]),
    ...(required ? ['May not be empty'] : []),
  ].join('. ');

const valuesSheet = (lists: readonly ValueList[]): XlsxSheet => {
  const deepest = Math.max(...lists.map(({ values }) => values.length));
  return {
    name: 'Values',
    columns: lists.map(({ column }) => plainColumn(column.length + 4, 'text')),
    rows: [
      lists.map(({ sheet }): XlsxCell => ({ value: sheet, style: 'head' })),
      lists.map(({ column }): XlsxCell => ({ value: column, style: 'head' })),
      ...Array.from({ length: deepest }, (_, i) => lists.map(({ values }): XlsxCell => values[i] ?? null)),
    ],
    frozen: 2,
    filled: [1, 1],
  };
};

const plainColumn = (width: number, style: XlsxColumn['style']): XlsxColumn => ({
  width,
  style,
  list: null,
  hint: null,
});
