import { drawFrom } from './chance.ts';
import type { Row } from './random-hospital.ts';

/** Extracts that tell of codes, DRGs and abstracts. */
export type Stays = Readonly<Record<'encounter' | 'encounter_code' | 'encounter_drg' | 'tumor', readonly Row[]>>;

/** Codes, and what casefinding makes of each: null where it is not on the list. */
export const SCREENED: Readonly<Record<string, 'reportable' | 'review' | null>> = {
  'C50.911': 'reportable',
  C61: 'reportable',
  'C34.90': 'reportable',
  'C4A.39': 'reportable',
  'C79.51': 'review',
  'C44.90': 'review',
  'C44.311': null,
  'C44.92': null,
  'D05.10': 'reportable',
  'D06.9': 'review',
  'D32.0': 'reportable',
  'D35.2': 'reportable',
  'D35.1': null,
  'D44.5': 'reportable',
  'D44.0': null,
  'D46.9': 'reportable',
  'D47.2': null,
  'D47.Z1': 'reportable',
  I10: null,
  'E11.9': null,
  'Z85.3': null,
};

const stage = ['baseline', 'working', 'final', 'billed', 'audited', 'payer'];

const hospitalOf = (number: number): Stays => {
  const { maybe, one, whole } = drawFrom(number * 104_729 + 97);
  const facility = `h${String(number).padStart(4, '0')}`;
  const encounter = Array.from({ length: whole(2, 6) }, (_, i): Row => ({
    encounter_id: `${facility}e${i}`,
    patient_key: `${facility}p${one([0, 1, 2, 3])}`,
    facility_id: facility,
    patient_class: one(['inpatient', 'inpatient', 'ed']),
    discharge_ts: maybe(0.9) ? `2026-0${one([1, 2, 3])}-1${one([0, 1, 2])} 0${one([1, 2])}:00:00` : null,
  }));
  const encounter_code = encounter.flatMap(({ encounter_id }) =>
    ['final', 'billed', 'working'].flatMap((at) =>
      Array.from({ length: whole(0, 2) }, (_, i) => ({
        encounter_id: encounter_id!,
        stage: at,
        code_set: maybe(0.9) ? 'ICD10CM' : 'ADMIT_DX',
        seq: i + 1,
        code: one(Object.keys(SCREENED)),
      })),
    ),
  );
  const encounter_drg = encounter.flatMap(({ encounter_id }) =>
    stage
      .filter(() => maybe(0.6))
      .map((at) => ({
        encounter_id: encounter_id!,
        stage: at,
        drg_type: maybe(0.9) ? 'MS' : 'APR',
        drg_version: maybe(0.1) ? null : one(['41', '41', '41', '42']),
        drg_code: one(['291', '292', '293']),
        relative_weight: maybe(0.1) ? null : whole(0, 39_999) / 10_000,
      })),
  );
  const tumor = Array.from({ length: whole(0, 2) }, (_, i) => ({
    facility_id: facility,
    patient_key: `${facility}p${one([0, 1, 2, 3])}`,
    tumorRecordNumber: `0${i + 1}`,
  }));
  return { encounter, encounter_code, encounter_drg, tumor };
};

/** So many small hospitals that have nothing to do with each other. */
export const randomStays = (count: number): readonly Stays[] => Array.from({ length: count }, (_, n) => hospitalOf(n));
