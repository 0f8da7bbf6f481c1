import type { Abstract } from './edit-fact.ts';

type Rule = (abstracts: readonly Abstract[]) => readonly [asked: boolean, fails: boolean];

const told = (abstracts: readonly Abstract[], id: string, unknown?: string): readonly string[] =>
  abstracts.flatMap((one) => (one[id] === undefined || one[id] === unknown ? [] : [one[id]]));
const isTwice = (values: readonly string[]): boolean => new Set(values).size < values.length;
const isSeveral = (values: readonly string[]): boolean => new Set(values).size > 1;

const one =
  (values: (abstracts: readonly Abstract[]) => readonly string[]): Rule =>
  (abstracts) => [abstracts.length > 1, isSeveral(values(abstracts))];

const numbered = (id: string, low: string, high: string) => (abstracts: readonly Abstract[]) =>
  abstracts.filter((each) => each[id] !== undefined && each[id] >= low && each[id] <= high);

const sequenceRules = (kind: string, fits: string, id: string): Readonly<Record<string, Rule>> => {
  const malignant = numbered(id, '00', '59');
  const other = numbered(id, '60', '87');
  return {
    [fits]: (abstracts) => {
      const found = malignant(abstracts);
      return [found.length > 0, found.length > 1 && found.some((each) => each[id] === '00')];
    },
    [`${kind}_sequence_unique`]: (abstracts) => {
      const found = malignant(abstracts);
      return [found.length > 1, isTwice(told(found, id))];
    },
    [`${kind}_sequence_in_order`]: (abstracts) => {
      const found = malignant(abstracts);
      const dated = found.filter((each) => each.dateOfDiagnosis?.length === 8);
      const isLate = (each: Abstract): boolean =>
        dated.some((before) => before[id]! <= each[id]! && before.dateOfDiagnosis! > each.dateOfDiagnosis!);
      return [found.length > 1, dated.some(isLate)];
    },
    [`${kind}_nonmalignant_sequence`]: (abstracts) => {
      const found = other(abstracts);
      const isAlone = found.length > 1 && found.some((each) => each[id] === '60');
      return [found.length > 0, isAlone || isTwice(told(found, id))];
    },
  };
};

/** Edits between the abstracts of one patient at one facility, by id. */
export const patientRules: Readonly<Record<string, Rule>> = {
  tumor_told_once: (abstracts) => {
    const alike = abstracts.flatMap((each) =>
      each.primarySite === undefined
        ? []
        : [
            [each.primarySite.slice(0, 3), each.histologicTypeIcdO3, each.laterality, each.dateOfDiagnosis]
              .map((part) => part ?? '–')
              .join(' '),
          ],
    );
    return [alike.length > 0, isTwice(alike)];
  },
  ...sequenceRules('hospital', 'sequence_fits_count', 'sequenceNumberHospital'),
  ...sequenceRules('central', 'central_sequence_fits_count', 'sequenceNumberCentral'),
  one_sex_a_patient: one((abstracts) =>
    abstracts.flatMap((each) => {
      const sex = each.sexAssignedAtBirth ?? each.sex;
      return sex === undefined || sex === '9' ? [] : [sex];
    }),
  ),
  one_birth_date_a_patient: one((abstracts) => told(abstracts, 'dateOfBirth')),
  one_race_a_patient: one((abstracts) => told(abstracts, 'race1', '99')),
  one_vital_status_a_patient: one((abstracts) => told(abstracts, 'vitalStatus')),
  one_last_contact_a_patient: one((abstracts) => told(abstracts, 'dateOfLastContact')),
  record_number_unique: (abstracts) => {
    const found = told(abstracts, 'tumorRecordNumber');
    return [found.length > 1, isTwice(found)];
  },
};
