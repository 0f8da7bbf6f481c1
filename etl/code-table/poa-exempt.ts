import { fiscalYearIn, fiscalYearStart } from './calendar.ts';
import { icdShapes } from './order-file.ts';
import type { Parser, Value } from './parsed-table.ts';
import { lineError, recordsOf } from './text-lines.ts';

const wanted = { code: ['POAexemptCode', 'code'], year: ['fiscal_year'] } as const;
const columns = ['code', 'valid_from', 'valid_to'] as const;

/**
 * Diagnoses exempt from present-on-admission reporting: CMS's text of one year (`Order26 ⇥ POAexemptCode ⇥ …`), or one list
 * with the `fiscal_year` beside each code, whose years in a row become one span.
 */
export const poaExempt: Parser = (file) => {
  const { rows, has } = recordsOf(file, wanted, ['code'], 'a POA-exempt list');
  const codes = rows.map(({ line, of }) => {
    const code = of('code').replace('.', '').toUpperCase();
    if (!icdShapes.icd10cm.test(code))
      throw lineError(
        file.name,
        line,
        'no code of ICD-10-CM.',
        'Name the list of POA-exempt codes as CMS publishes it.',
      );
    if (has('year') && !/^20\d\d$/.test(of('year')))
      throw lineError(file.name, line, 'no fiscal year.', 'Write fiscal years as 2026.');
    return { code, year: has('year') ? Number(of('year')) : null };
  });
  const table = { columns, from: null, version: null };
  if (!has('year'))
    return { ...table, fiscalYear: fiscalYearIn(file.title), rows: codes.map(({ code }) => [code, null, null]) };
  return { ...table, fiscalYear: null, rows: spansOf(codes as readonly { code: string; year: number }[]) };
};

const spansOf = (codes: readonly { readonly code: string; readonly year: number }[]): readonly (readonly Value[])[] =>
  [...Map.groupBy(codes, ({ code }) => code)].flatMap(([code, listed]) => {
    const years = [...new Set(listed.map(({ year }) => year))].sort((a, b) => a - b);
    const known = new Set(years);
    const begins = years.filter((year) => !known.has(year - 1));
    const ends = years.filter((year) => !known.has(year + 1));
    return begins.map((year, i) => [code, fiscalYearStart(year), fiscalYearStart(ends[i]! + 1)]);
  });
