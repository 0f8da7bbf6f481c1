import type { Row } from './random-hospital.ts';

/** Extracts and code tables, by raw table. */
export type CodedHospitals = Readonly<Record<string, readonly Row[]>>;

const chanceOf = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

const diagnoses = [
  'A00',
  'A000',
  'A009',
  'B000',
  'B001',
  'C000',
  'R100',
  'R99',
  'S720',
  'V010',
  'Y900',
  'Z550',
  'Z659',
  'Z66',
];
const procedures = ['0016070', '0016071', '5A1955Z', '0JH60CZ', '001'];
const drgs = ['280', '281', '282', '313', '570', '571', '999'];
const days = [
  '2024-03-30',
  '2024-03-31',
  '2024-04-01',
  '2024-06-15',
  '2024-09-30',
  '2024-10-01',
  '2025-03-31',
  '2025-04-01',
  '2025-11-05',
];

/**
 * So many facilities `f0` …, each a small hospital with a handful of records, and made-up code tables that all of them
 * share. The same for the same seed.
 */
export const randomCodes = (seed: number, facilities: number): CodedHospitals => {
  const chance = chanceOf(seed);
  const whole = (from: number, to: number): number => from + Math.floor(chance() * (to - from + 1));
  const one = <T>(of: readonly T[]): T => of[whole(0, of.length - 1)]!;
  const maybe = (share: number): boolean => chance() < share;
  const out = {
    encounter: [],
    encounter_code: [],
    encounter_drg: [],
    coding_event: [],
    billing: [],
    document: [],
  } as Record<'encounter' | 'encounter_code' | 'encounter_drg' | 'coding_event' | 'billing' | 'document', Row[]>;
  const moment = (day: string, hours: number): string =>
    new Date(Date.parse(`${day}T00:00:00Z`) + hours * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');

  const codesOf = (encounter_id: string, stage: string, sendsPoa: boolean, sendsPx: boolean): void => {
    const many = maybe(0.03) ? 25 : whole(1, 5);
    for (let seq = maybe(0.05) ? 2 : 1; seq <= many; seq++) {
      const poa = sendsPoa ? one(['Y', 'N', 'U', 'W', '1', 'E', null]) : null;
      out.encounter_code.push({ encounter_id, stage, code_set: 'ICD10CM', seq, code: one(diagnoses), poa });
    }
    if (sendsPx)
      for (let seq = 1; seq <= whole(0, 2); seq++)
        out.encounter_code.push({ encounter_id, stage, code_set: 'ICD10PCS', seq, code: one(procedures), poa: null });
    if (maybe(0.3))
      out.encounter_code.push({
        encounter_id,
        stage,
        code_set: 'CPT',
        seq: 1,
        code: one(['99281', '1234', 'G0008']),
        poa: null,
      });
    if (maybe(0.3))
      out.encounter_code.push({
        encounter_id,
        stage,
        code_set: 'ADMIT_DX',
        seq: 1,
        code: one([...diagnoses, '7866', 'X 1']),
        poa: null,
      });
  };

  const eventsOf = (encounter_id: string, from: string): void => {
    for (let at = whole(1, 50), no = 1; no <= whole(0, 4); no++, at += whole(0, 30)) {
      const event = one(['final_coded', 'final_coded', 'recoded', 'reopened', 'first_coded']);
      out.coding_event.push({ encounter_id, event, event_no: no, event_ts: moment(from, at), coder_id: 'kim' });
    }
    for (let bill_no = 1; bill_no <= whole(0, 2); bill_no++)
      out.billing.push({
        encounter_id,
        bill_no,
        gross_charges: 1,
        final_billed_ts: maybe(0.8) ? moment(from, whole(1, 120)) : null,
      });
    if (maybe(0.4))
      out.document.push({
        ...{
          document_id: `d${encounter_id}`,
          encounter_id,
          doc_type: 'DS',
          event: one(['scanned', 'authored', 'signed']),
        },
        event_ts: moment(from, whole(1, 90)),
      });
  };

  const drgsOf = (encounter_id: string): void => {
    for (const stage of ['baseline', 'working', 'final', 'billed', 'payer'])
      if (maybe(0.6))
        out.encounter_drg.push({
          ...{
            encounter_id,
            stage,
            drg_type: 'MS',
            drg_version: one(['41', 'v41.1', '410', '42', null]),
            drg_code: one(drgs),
          },
          relative_weight: maybe(0.4) ? whole(0, 30_000) / 10_000 : null,
        });
  };

  for (let f = 0; f < facilities; f++) {
    const [sendsPoa, sendsPx] = [maybe(0.8), maybe(0.8)];
    for (let e = 0; e < whole(1, 7); e++) {
      const encounter_id = `f${f}e${e}`;
      const day = one(days);
      const inHouse = maybe(0.04);
      const admitted = moment(day, -24 * whole(0, 6));
      out.encounter.push({
        ...{
          encounter_id,
          patient_key: 'p',
          facility_id: `f${f}`,
          patient_class: one(['inpatient', 'inpatient', 'ed']),
        },
        ...{ admit_ts: maybe(0.1) ? null : admitted, discharge_ts: inHouse ? null : moment(day, whole(0, 23)) },
        ...{
          age_years: maybe(0.05) ? null : one([0, 8, 9, 17, 18, 40, 61, 65, 90]),
          sex: one(['female', 'male', 'unknown', null]),
        },
        discharge_disposition: one(['01', '20', '99', null]),
      });
      const stage = one(['final', 'final', 'billed', 'working']);
      codesOf(encounter_id, stage, sendsPoa, sendsPx);
      if (stage === 'final' && maybe(0.3)) codesOf(encounter_id, one(['billed', 'baseline']), sendsPoa, sendsPx);
      eventsOf(encounter_id, day);
      drgsOf(encounter_id);
    }
  }
  return { ...out, ...madeUpTables };
};

/** Made-up code tables: some codes change on 1 October, some on 1 April. */
const madeUpTables = {
  icd10cm_code: [
    ...['A000', 'B000', 'R100', 'R99', 'V010', 'Z550'].map((code) => ({
      code,
      valid_from: '2024-04-01',
      valid_to: null,
      is_billable: 'true',
      is_unspecified: 'false',
      has_specific_sibling: 'true',
    })),
    ...['A009', 'S720'].map((code, i) => ({
      code,
      valid_from: '2024-04-01',
      valid_to: null,
      is_billable: 'true',
      is_unspecified: 'true',
      has_specific_sibling: String(i === 0),
    })),
    {
      code: 'A00',
      valid_from: '2024-04-01',
      valid_to: null,
      is_billable: 'false',
      is_unspecified: 'false',
      has_specific_sibling: 'true',
    },
    {
      code: 'C000',
      valid_from: '2024-04-01',
      valid_to: '2024-10-01',
      is_billable: 'true',
      is_unspecified: 'true',
      has_specific_sibling: 'false',
    },
    {
      code: 'C000',
      valid_from: '2024-10-01',
      valid_to: null,
      is_billable: 'false',
      is_unspecified: 'true',
      has_specific_sibling: 'false',
    },
    {
      code: 'Z659',
      valid_from: '2025-04-01',
      valid_to: null,
      is_billable: 'true',
      is_unspecified: 'true',
      has_specific_sibling: 'true',
    },
  ],
  icd10pcs_code: [
    { code: '0016070', valid_from: '2023-10-01', valid_to: '2024-10-01', is_billable: 'true' },
    { code: '001', valid_from: '2023-10-01', valid_to: '2025-10-01', is_billable: 'false' },
    { code: '5A1955Z', valid_from: '2024-10-01', valid_to: '2025-10-01', is_billable: 'true' },
  ],
  poa_exempt: [
    { code: 'Z66', valid_from: '2023-10-01', valid_to: '2024-10-01' },
    { code: 'Z659', valid_from: '2024-10-01', valid_to: '2025-10-01' },
  ],
  ms_drg: ['41', '41.1'].flatMap((version) =>
    (
      [
        ['280', 1.6, 'medical', 'with_mcc', '280'],
        ['281', 0.9, 'medical', 'with_cc', '280'],
        ['282', 0.7, 'medical', 'without_cc_mcc', '280'],
        ['313', null, 'medical', null, null],
        ['570', 2.5, 'surgical', 'with_cc_mcc', '570'],
        ['571', 1.5, 'surgical', 'without_cc_mcc', '570'],
      ] as const
    ).map(([drg_code, relative_weight, drg_type, split, base_drg]) => ({
      ...{ drg_code, relative_weight, drg_type, split, base_drg, version },
      ...(version === '41'
        ? { valid_from: '2023-10-01', valid_to: '2024-04-01' }
        : { valid_from: '2024-04-01', valid_to: '2024-10-01' }),
    })),
  ),
  mce_code: [
    ['41.1', 4, 'dx', 'A000', 'maternity', 9, 64],
    ['41.1', 5, 'dx', 'B000', 'male', null, null],
    ['41.1', 6, 'dx', 'R100', 'manifestation', null, null],
    ['41.1', 11, 'px', '0016070', 'noncovered_over_60', null, null],
    ['41.1', 11, 'px', '0016071', 'noncovered', null, null],
    ['42', 5, 'dx', 'B000', 'female', null, null],
    ['42', 9, 'dx', 'Z550', 'unacceptable_principal', null, null],
    ['42', 19, 'px', '5A1955Z', 'inconsistent_with_stay', null, null],
    ['42', 20, 'dx', 'S720', 'unspecified', null, null],
  ].map(([version, edit, code_kind, code, rule, age_from, age_to]) => ({
    ...({ version, edit, code_kind, code, rule, age_from, age_to } as Row),
    ...(version === '41.1'
      ? { valid_from: '2024-04-01', valid_to: '2024-10-01' }
      : { valid_from: '2024-10-01', valid_to: '2025-10-01' }),
  })),
} as const satisfies CodedHospitals;
