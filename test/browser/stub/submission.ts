import type { SubmissionPackage, SubmissionProfile } from '../../../dashboard/data/submission.ts';
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
