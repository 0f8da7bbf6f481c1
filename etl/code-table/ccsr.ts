import { lineError, recordsOf } from './text-lines.ts';
import { icdShapes } from './order-file.ts';
import type { Parser, Value } from './parsed-table.ts';

const wanted = {
  code: ['icd_10_cm_code', 'ICD-10-CM CODE'],
  ip: ['default_ccsr_category_ip', 'Default CCSR CATEGORY IP'],
  titleIp: ['default_ccsr_category_description_ip', 'Default CCSR CATEGORY DESCRIPTION IP'],
  op: ['default_ccsr_category_op', 'Default CCSR CATEGORY OP'],
  titleOp: ['default_ccsr_category_description_op', 'Default CCSR CATEGORY DESCRIPTION OP'],
} as const;

/** AHRQ's Clinical Classifications Software Refined for diagnoses: the default category of each code. */
export const ccsr: Parser = (file) => {
  const { rows } = recordsOf(file, wanted, Object.keys(wanted), 'the CCSR of diagnoses');
  const [, year, issue] = /v(20\d\d)[_.-](\d)/i.exec(file.title) ?? [];
  return {
    columns: ['code', 'category_ip', 'category_op', 'title_ip', 'title_op'],
    fiscalYear: null,
    from: null,
    version: year === undefined ? null : `${year}.${issue}`,
    rows: rows.map(({ line, of }): readonly Value[] => {
      const code = bare(of('code')).toUpperCase();
      if (!icdShapes.icd10cm.test(code))
        throw lineError(
          file.name,
          line,
          'no code of ICD-10-CM.',
          'Name the CCSR file of diagnoses, not of procedures.',
        );
      return [code, ...['ip', 'op', 'titleIp', 'titleOp'].map((key) => bare(of(key)) || null)];
    }),
  };
};

/** AHRQ puts codes between single quotes. */
const bare = (text: string): string => text.replaceAll("'", '').trim();
