import type { Parser, PublishedText, Value } from './parsed-table.ts';
import { lineError, linesOf } from './text-lines.ts';
import { withUnspecified } from './unspecified.ts';

/** Columns that both ICD-10 kinds share. */
export const icdColumns = ['code', 'valid_from', 'valid_to', 'is_billable', 'title'] as const;

/** What a code of each system looks like in its table, headers included. */
export const icdShapes = {
  icd10cm: /^[A-Z][0-9A-Z]{2,6}$/,
  icd10pcs: /^[0-9A-HJ-NP-Z]{3}([0-9A-HJ-NP-Z]{4})?$/,
} as const;

const names = { icd10cm: 'ICD-10-CM', icd10pcs: 'ICD-10-PCS' } as const;

/**
 * CMS order file: fixed columns, order number 1–5, code 7–13, billable 15, short title 17–76, long title from 78.
 *
 * Order numbers run from 1 without a gap, which is how a file broken off in the middle is noticed.
 */
export const orderFile =
  (kind: 'icd10cm' | 'icd10pcs'): Parser =>
  (file) => {
    const rows = linesOf(file).map((line, i) => rowOf(file, kind, line.number, line.text, i + 1));
    const year = /(20\d\d)/.exec(file.title)?.[1];
    const table = {
      rows,
      columns: icdColumns,
      fiscalYear: year === undefined ? null : Number(year),
      from: year !== undefined && /apr/i.test(file.title) ? `${year}-04-01` : null,
      version: null,
    };
    return kind === 'icd10cm' ? withUnspecified(table) : table;
  };

const rowOf = (
  { name }: PublishedText,
  kind: 'icd10cm' | 'icd10pcs',
  line: number,
  text: string,
  order: number,
): readonly Value[] => {
  const [, number, code, billable, title] = /^(\d{5,6}) (\S{3,7}) +([01]) .{60} (.*)$/.exec(text) ?? [];
  if (number === undefined || code === undefined)
    throw lineError(
      name,
      line,
      'no line of a CMS order file.',
      'Columns are order number, code, 0 or 1, short and long title; name the order file, not the codes or addenda file.',
    );
  const other = kind === 'icd10cm' ? 'icd10pcs' : 'icd10cm';
  if (!icdShapes[kind].test(code))
    throw lineError(
      name,
      line,
      `no code of ${names[kind]}${icdShapes[other].test(code) ? `; this looks like the order file of ${names[other]}` : ''}.`,
      `Name the ${names[kind]} order file under \`code_tables.${kind}\`.`,
    );
  if (Number(number) !== order)
    throw lineError(
      name,
      line,
      `order number ${Number(number)} where ${order} is due.`,
      'Lines are missing: download the file again.',
    );
  return [code, null, null, billable === '1', title!.trim()];
};
