import type {
  PackageDifference,
  SubmissionEdits,
  SubmissionPackage,
  SubmissionPreview,
  SubmissionProfile,
} from '../../../dashboard/data/submission.ts';
import { stubRelease } from './ledger.ts';

const made = (year: number, rows: number, difference: SubmissionPackage['difference']): SubmissionPackage => ({
  id: `incidence-${year}`,
  release: year === 2025 ? stubRelease.release : '20250901T020000Z-00000000',
  from: '2004-01-01',
  to: `${year}-01-01`,
  madeAt: `${year + 1}-01-12T09:30:00.000Z`,
  file: `incidence-2004-${year - 1}.xml.gz`,
  sha256: 'c0ffee'.padEnd(64, '0'),
  rows,
  patients: rows - 41,
  ...(year === 2025
    ? { byYear: { '2023': 700, '2024': rows - 700 }, profileVersion: 'ba11035dda43', dictionary: 'NAACCR 260' }
    : { byYear: null, profileVersion: null, dictionary: null }),
  difference,
});

/** A profile that two packages were made of, and one that none was. */
export const stubSubmissions: readonly SubmissionProfile[] = [
  {
    profile: 'incidence',
    describes: 'Incident cases as NAACCR XML, record type I',
    format: 'naaccr-xml',
    packages: [
      made(2025, 1526, { before: 'incidence-2024', added: 212, modified: 37, gone: 1 }),
      made(2024, 1315, { before: null, added: 0, modified: 0, gone: 0 }),
    ],
  },
  {
    profile: 'trauma',
    describes: 'Injured patients as CSV, one row an encounter, for a trauma registry',
    format: 'csv',
    packages: [],
  },
];

/** What a package of 2004 on would hold; of trauma nothing is in the release. */
export const stubPreview = (profile: string, query: URLSearchParams): SubmissionPreview => {
  const isEmpty = profile === 'trauma';
  const lastYear = Number((query.get('to') ?? '2025').slice(0, 4)) - 1;
  const years = Array.from({ length: 8 }, (_, i) => lastYear - 7 + i);
  return {
    ...{
      release: stubRelease.release,
      profile,
      profileVersion: 'ba11035dda43',
      format: isEmpty ? 'csv' : 'naaccr-xml',
    },
    ...{ rows: isEmpty ? 0 : 1712, dates: isEmpty ? null : { first: '1998-03-02', last: '2026-08-30' } },
    ...{ sent: isEmpty ? 0 : 1526, patients: isEmpty ? null : 1485 },
    byYear: isEmpty ? [] : years.map((year, i) => ({ year, rows: i === 7 ? 1526 - 7 * 190 : 190 })),
    leftOut: isEmpty
      ? []
      : [
          { reason: 'period', says: 'outside the period', rows: 151 },
          { reason: 'behavior', says: 'of a behavior that is not reportable', rows: 35 },
        ],
    required: [
      { item: 'patientIdNumber', missing: 0 },
      { item: 'summaryStage2018', missing: 183 },
      { item: 'race1', missing: 4 },
    ],
    refusal: query.get('from') === '1999-01-01' ? 'Profile incidence: dictionary 260 is not at hand.' : null,
    note: null,
  };
};

const edit = (id: string, level: 'error' | 'warning', failing: number, says: string) => ({
  ...{ id, level, says, failing, of: 'case' as const, examined: 1526, items: ['primarySite', 'sexAssignedAtBirth'] },
  means: 'Rates by sex are wrong in the numerator. Look up the sex first: it is keyed once.',
  source: 'ICD-O-3 topography C51 to C58, C60 to C63',
});

export const stubEdits: SubmissionEdits = {
  release: stubRelease.release,
  says: 'Named checks of our own. These are not the official NAACCR edits: run GenEDITS before submitting.',
  edits: [
    edit('adult_carcinoma_of_child', 'warning', 41, 'A carcinoma of the breast is not of a child under 15 years.'),
    edit('site_fits_sex', 'error', 7, "No cancer of the female genital organs is a man's."),
    edit('age_is_possible', 'error', 0, 'An age is 0 to 120 years.'),
    edit('laterality_of_paired_site', 'error', 12, 'A paired organ has a side.'),
  ],
  years: [{ year: 2024, cases: 1526, withoutErrors: 1507 }],
  checks: [],
};

export const stubFailing = {
  release: stubRelease.release,
  columns: ['facility_id', 'patient_key', 'tumorRecordNumber', 'sequenceNumberHospital'],
  rows: Array.from({ length: 7 }, (_, i) => ({
    ...{ facility_id: 'riverside', patient_key: `p${9021 + i * 7}` },
    ...{ tumorRecordNumber: '01', sequenceNumberHospital: '00' },
  })),
  more: false,
};

const keyAt = (i: number): readonly string[] => [
  ...[String(90_210 + 7 * i).padStart(8, '0'), 'riverside', `p${9021 + 7 * i}`, '01', '00'],
];

/** Of 212 new cases the first hundred; one is gone. */
export const stubDifference: PackageDifference = {
  ...{ id: 'incidence-2025', before: 'incidence-2024' },
  columns: ['patientIdNumber', 'facility_id', 'patient_key', 'tumorRecordNumber', 'sequenceNumberHospital'],
  changes: {
    added: { count: 212, keys: Array.from({ length: 100 }, (_, i) => keyAt(i)) },
    modified: { count: 37, keys: Array.from({ length: 37 }, (_, i) => keyAt(200 + i)) },
    gone: { count: 1, keys: [keyAt(300)] },
  },
};
