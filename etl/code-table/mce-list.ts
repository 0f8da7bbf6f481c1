import { UserError } from '../../warehouse/error.ts';
import { versionIn } from './calendar.ts';
import { linesOf, lineError, recordsOf } from './text-lines.ts';
import type { Parser, Value } from './parsed-table.ts';

const columns = ['edit', 'code_kind', 'code', 'rule', 'age_from', 'age_to'] as const;

/** Names the lists give a rule → ours. */
const rules: readonly (readonly [RegExp, string])[] = [
  [/newborn|perinatal/i, 'newborn'],
  [/pediatric/i, 'pediatric'],
  [/maternity/i, 'maternity'],
  [/adult/i, 'adult'],
  [/female/i, 'female'],
  [/male/i, 'male'],
  [/manifestation/i, 'manifestation'],
  [/questionable/i, 'questionable_admission'],
  [/unacceptable/i, 'unacceptable_principal'],
  [/los/i, 'inconsistent_with_stay'],
  [/noncovered_over60/i, 'noncovered_over_60'],
  [/non-?covered/i, 'noncovered'],
  [/limited/i, 'limited_coverage'],
  [/wrong/i, 'wrong_procedure'],
  [/unspecified/i, 'unspecified'],
];

/** Ages of each rule, both inclusive, where the list does not state them: those of the current manual (measures 1.7). */
const ages: Readonly<Record<string, readonly [number, number]>> = {
  newborn: [0, 0],
  pediatric: [0, 17],
  maternity: [9, 64],
  adult: [15, 124],
};

const editOf: Readonly<Record<string, number>> = {
  newborn: 4,
  pediatric: 4,
  maternity: 4,
  adult: 4,
  female: 5,
  male: 5,
  manifestation: 6,
  unspecified: 20,
};

const simple = {
  version: ['MCE_Version'],
  section: ['MCE_Section'],
  type: ['MCE_Edit_Type'],
  kind: ['ICD_Code_Type'],
  code: ['ICD_Code'],
};
const grouped = { code: ['icd_code'], group: ['icd_conflict_group'], rule: ['icd_conflict_rule'] };

/**
 * Codes of the Medicare Code Editor's tables, in either shape: one line a code with the number of its section
 * (`MCE_Section`), or with conflict group and rule, whose edit follows from the rule.
 */
export const mceList: Parser = (file) => {
  const isSimple = linesOf(file)[0]!.text.toLowerCase().includes('mce_section');
  const { rows } = recordsOf(
    file,
    isSimple ? simple : grouped,
    Object.keys(isSimple ? simple : grouped),
    'a list of MCE codes',
  );
  const versions = new Set(isSimple ? rows.map(({ of }) => of('version')) : []);
  if (versions.size > 1)
    throw new UserError(`${file.name} holds several versions.`, {
      mend: 'Give each version of the Medicare Code Editor a file of its own.',
    });
  return {
    columns,
    fiscalYear: null,
    from: null,
    version: [...versions][0] ?? versionIn(file.title),
    rows: rows.map(({ line, of }): readonly Value[] => {
      const written = of(isSimple ? 'type' : 'rule');
      const rule = rules.find(([pattern]) => pattern.test(written))?.[1];
      const edit = isSimple ? Number(of('section')) : editOf[rule ?? ''];
      const code = of('code');
      const plain = code.replace('.', '').toUpperCase();
      if (
        rule === undefined ||
        edit === undefined ||
        !Number.isInteger(edit) ||
        edit < 1 ||
        edit > 20 ||
        !/^[0-9A-Z]{3,7}$/.test(plain)
      )
        throw lineError(
          file.name,
          line,
          'edit, rule or code is not one of the Medicare Code Editor.',
          'Name the list as it was published.',
        );
      const isProcedure = isSimple ? of('kind') === 'P' : /^[0-9A-Z]{7}$/.test(code);
      return [edit, isProcedure ? 'px' : 'dx', plain, rule, ...agesOf(rule, written)];
    }),
  };
};

const agesOf = (rule: string, written: string): readonly (number | null)[] => {
  const [, from, to] = /(\d+)\s*[-–]\s*(\d+)/.exec(written) ?? [];
  if (from !== undefined && to !== undefined) return [Number(from), Number(to)];
  return ages[rule] ?? [null, null];
};
