import { fiscalYearIn, versionIn } from './calendar.ts';
import { icdShapes } from './order-file.ts';
import type { Parser, Value } from './parsed-table.ts';
import { lineError, recordsOf } from './text-lines.ts';

const wanted = {
  code: ['icd_code', 'Diagnosis Code', 'Diagnosis', 'code'],
  level: ['dx_type', 'level'],
} as const;

/** Complications and comorbidities (CC), or the major ones (MCC): tables 6J and 6I of the IPPS rule, or a CSV of them. */
export const ccList =
  (kind: 'cc' | 'mcc'): Parser =>
  (file) => {
    const { rows, has } = recordsOf(file, wanted, ['code'], 'a list of CCs or MCCs');
    const level = kind.toUpperCase();
    return {
      columns: ['code', 'level'],
      fiscalYear: fiscalYearIn(file.title),
      from: null,
      version: versionIn(file.title),
      rows: rows.map(({ line, of }): readonly Value[] => {
        const code = of('code').replace('.', '').toUpperCase();
        if (!icdShapes.icd10cm.test(code))
          throw lineError(
            file.name,
            line,
            'no code of ICD-10-CM.',
            `Name the list of ${level}s under \`code_tables.${kind}\`.`,
          );
        if (has('level') && of('level').toUpperCase() !== level)
          throw lineError(
            file.name,
            line,
            `this is no ${level}.`,
            'CCs go under `code_tables.cc`, MCCs under `code_tables.mcc`.',
          );
        return [code, level];
      }),
    };
  };
