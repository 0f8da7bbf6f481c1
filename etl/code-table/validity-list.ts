import { fiscalYearStart } from './calendar.ts';
import { icdColumns, icdShapes } from './order-file.ts';
import type { Parser, Value } from './parsed-table.ts';
import { lineError, recordsOf } from './text-lines.ts';
import { withUnspecified } from './unspecified.ts';

const wanted = {
  code: ['code'],
  from: ['valid_from', 'fy_from'],
  to: ['valid_to_excl', 'valid_to', 'fy_to'],
  billable: ['billable', 'is_billable'],
  title: ['long_desc', 'title'],
} as const;

/**
 * List of codes with the days they hold: `valid_from`, and `valid_to_excl`, the first day they no longer hold (empty:
 * still valid); or `fy_from` and `fy_to`, the first and the last fiscal year. `fy_to` in the latest year of the list
 * says nothing of the years to come, so it holds to the end of that year.
 */
export const validityList =
  (kind: 'icd10cm' | 'icd10pcs'): Parser =>
  (file) => {
    const { rows } = recordsOf(file, wanted, Object.keys(wanted), 'a list of codes with their validity');
    const table = {
      columns: icdColumns,
      fiscalYear: null,
      from: null,
      version: null,
      rows: rows.map(({ line, of }): readonly Value[] => {
        const code = of('code').replace('.', '').toUpperCase();
        const from = dayOf(of('from'), 0);
        const to = of('to') === '' ? null : dayOf(of('to'), 1);
        if (!icdShapes[kind].test(code))
          throw lineError(
            file.name,
            line,
            `no code of the kind \`${kind}\`.`,
            'Name the list under the kind it belongs to.',
          );
        if (from === undefined || to === undefined)
          throw lineError(
            file.name,
            line,
            'no valid_from or valid_to.',
            'Write days as 2025-10-01, or fiscal years as 2026.',
          );
        if (to !== null && to <= from)
          throw lineError(
            file.name,
            line,
            'the code ends before it begins.',
            'valid_to is the first day it no longer holds.',
          );
        if (!/^[01]$|^true$|^false$/i.test(of('billable')))
          throw lineError(
            file.name,
            line,
            'billable is neither 0 nor 1.',
            'Write 1 for a billable code, 0 for a header.',
          );
        return [code, from, to, /^(1|true)$/i.test(of('billable')), of('title')];
      }),
    };
    return kind === 'icd10cm' ? withUnspecified(table) : table;
  };

/** A day as it stands, or the first day of a fiscal year, so many years on; undefined for anything else. */
const dayOf = (text: string, years: number): string | undefined => {
  if (/^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))) return text;
  return /^20\d\d$/.test(text) ? fiscalYearStart(Number(text) + years) : undefined;
};
