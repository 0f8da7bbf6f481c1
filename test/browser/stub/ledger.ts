import type { Explanation } from '../../../dashboard/data/explanation.ts';
import type { ToldRelease } from '../../../dashboard/data/release.ts';
import type { Batch, ContractCounts, Run, RowWay } from '../../../dashboard/data/run.ts';
import { stubChecks } from './check.ts';
import { stubAsOf, stubThrough } from './answer.ts';
import { stubCatalogue } from './catalogue.ts';

export const stubRelease: ToldRelease = {
  release: stubCatalogue.release,
  builtAt: '2026-09-02T04:10:12Z',
  asOf: stubAsOf,
  completeThrough: stubThrough,
  sources: [{ id: 'ehr', contracts: ['encounter', 'deficiency'], privacy: 'synthetic', asOf: stubAsOf }],
  privacy: 'Synthetic data: no person stands behind any row.',
  registryKind: 'hospital',
  demoStories: [],
  releases: [
    { id: stubCatalogue.release, builtAt: '2026-09-02T04:10:12Z', current: true },
    { id: '20260901T040951Z-0c83d2e7', builtAt: '2026-09-01T04:09:51Z', current: false },
    { id: '20260831T041003Z-91b7aa40', builtAt: '2026-08-31T04:10:03Z', current: false },
  ],
};

const counts = (
  contract: string,
  mapped: number,
  quarantined: number,
  duplicates: number,
  updated: number,
): ContractCounts => {
  const accepted = mapped - quarantined - duplicates;
  return {
    contract,
    mapped,
    accepted,
    quarantined,
    duplicates,
    superseded: 0,
    inserted: accepted - updated,
    updated,
    unchanged: 0,
    acceptedShare: accepted / mapped,
  };
};

const batch = (
  source: string,
  name: string,
  one: ContractCounts,
  rejected: number,
  reasons: Batch['reasons'],
): Batch => ({
  source,
  batch: `${source}-7f3a90c1`,
  seconds: one.mapped / 40_000,
  files: [{ name, bytes: one.mapped * 96, lines: one.mapped + rejected + 1, records: one.mapped + rejected }],
  status: 'landed',
  message: '',
  contracts: [one],
  rejected,
  reasons,
});

const stepNames = ['lock', 'land', 'plan', 'copy', 'build', 'assert', 'statistics', 'publish', 'keep'];
const steps: Run['steps'] = stepNames.map((name, i) => ({
  step: i + 1,
  name,
  at: `2026-09-02T04:09:${10 + i * 6}Z`,
  seconds: [0, 21.4, 0.3, 1.1, 30.2, 2.2, 0.9, 0.2, 0.1][i] ?? 0,
}));

const way = (
  [source, contract]: readonly [string, string],
  [mapped, quarantined, duplicates]: readonly [number, number, number],
  rejected: number,
  mart: number,
): RowWay => ({
  ...{ source, contract, bytes: mapped * 96, lines: mapped + rejected + 1, records: mapped + rejected, rejected },
  ...{ mapped, quarantined, duplicates, superseded: 0, accepted: mapped - quarantined - duplicates },
  core: [{ name: `core.${contract}`, rows: mapped * 3 }],
  mart: Array.from({ length: 3 }, (_, i) => ({ name: `mart.${contract}_${i}`, rows: mart + i })),
});

const models: Run['models'] = [
  ...['encounter_code', 'encounter', 'deficiency', 'audit_review', 'billing', 'document', 'drg_stage'].map(
    (name, i) => ({
      ...{ name: `core.${name}`, action: 'build', rows: 812_130 >> i, seconds: 9.7 / (i + 1) },
    }),
  ),
  ...Array.from({ length: 12 }, (_, i) => ({
    ...{ name: `mart.unbilled_${i}`, action: 'build', rows: i === 3 ? null : 2180 * (i + 1), seconds: 2.6 / (i + 1) },
  })),
  ...Array.from({ length: 40 }, (_, i) => ({ name: `mart.kept_${i}`, action: 'keep', rows: 7400 + i, seconds: 0 })),
];

export const stubRuns: readonly Run[] = [
  {
    id: '20260902T040912Z-1b2c3d00',
    job: 'run',
    startedAt: '2026-09-02T04:09:12Z',
    endedAt: '2026-09-02T04:10:13Z',
    outcome: 'done',
    exitCode: 0,
    release: stubCatalogue.release,
    message: '',
    steps,
    batches: [
      {
        ...batch('encounters', 'encounter-2026-07.csv.gz', counts('encounter', 98_001, 0, 0, 0), 0, []),
        batch: 'e-07',
      },
      batch('encounters', 'extract/encounter-2026-08.csv.gz', counts('encounter', 100_112, 64, 12, 0), 7, [
        { rule: 'torn-row', count: 5, says: 'The row has fewer columns than the header.' },
        { rule: 'unterminated-quote', count: 2, says: 'A quotation mark is opened and never closed.' },
        { rule: 'required:encounter_id', count: 21, says: '`encounter_id` must not be empty.' },
        { rule: 'discharge-after-admit', count: 43, says: 'Discharge may not come before admission.' },
      ]),
      batch('codes', 'encounter_code.parquet', counts('encounter_code', 812_440, 310, 0, 0), 0, [
        {
          rule: 'pattern:code',
          count: 310,
          says: 'A code of this code set has another form; a leading zero may be lost.',
        },
      ]),
      batch('deficiencies', 'deficiency.ndjson', counts('deficiency', 61_903, 18, 3, 402), 1, [
        { rule: 'torn-row', count: 1, says: 'The line is not a JSON object.' },
        {
          rule: 'completed-after-assigned',
          count: 18,
          says: 'A deficiency may not be completed before it is assigned.',
        },
      ]),
    ],
    models,
    ways: [
      way(['encounters', 'encounter'], [198_113, 64, 12], 7, 2180),
      way(['codes', 'encounter_code'], [812_440, 310, 0], 0, 9100),
      way(['deficiencies', 'deficiency'], [61_903, 18, 3], 1, 740),
    ],
    before: '20260831T041003Z-91b7aa40',
    changes: [
      { name: 'core.encounter_code', before: 810_004, after: 812_130 },
      { name: 'core.encounter', before: 99_802, after: 100_036 },
      { name: 'mart.unbilled_0', before: null, after: 2180 },
    ],
  },
  {
    id: '20260901T040910Z-aa01ff00',
    job: 'run',
    startedAt: '2026-09-01T04:09:10Z',
    endedAt: '2026-09-01T04:09:31Z',
    outcome: 'held',
    exitCode: 3,
    release: null,
    message:
      'One batch was held: in `audits` 6.1 % of the rows were put aside, more than its 5 %. The release before stays up.',
    steps: steps.slice(0, 2),
    batches: [
      {
        ...batch('audits', 'audit_review.csv', counts('audit_review', 0, 0, 0, 0), 0, []),
        status: 'held',
        message:
          'audit_review.csv: column `reviewer` is not declared; add it to `reads` of the mapping, or list it as ignored.',
      },
    ],
    models: [],
    ways: [],
    before: null,
    changes: null,
  },
  {
    id: '20260831T040911Z-77c0de00',
    job: 'run',
    startedAt: '2026-08-31T04:09:11Z',
    endedAt: '2026-08-31T04:09:13Z',
    outcome: 'no-op',
    exitCode: 0,
    release: null,
    message: 'Nothing new arrived.',
    steps: steps.slice(0, 1),
    batches: [],
    models: [],
    ways: [],
    before: null,
    changes: null,
  },
  {
    ...{ id: '20260830T140002Z-0b0b0b00', job: 'rollback', outcome: 'done', exitCode: 0 },
    ...{ startedAt: '2026-08-30T14:00:02Z', endedAt: '2026-08-30T14:00:02.1Z', release: '20260829T041000Z-5511aa02' },
    message: 'Release 20260829T041000Z-5511aa02 is served again in place of 20260830T041001Z-91b7aa40.',
    ...{ steps: [], batches: [], models: [], ways: [], before: null, changes: null },
  },
];

/** As `GET /api/runs?brief=yes` lists them. */
export const stubHeads = stubRuns.map(
  ({ steps: _steps, batches: _batches, models: _models, ways: _ways, before: _before, changes: _changes, ...head }) =>
    head,
);

export const stubExplanation = (id: string): Explanation => ({
  release: stubCatalogue.release,
  metric: { measure: {} },
  sql: `select facility_id, month_of(review_date) as period,\n  sum(match_count) as numerator,\n  sum(auditor_count) as denominator\nfrom mart.audit_record\nwhere review_date >= $1 and review_date < $2\ngroup by facility_id, period\n-- ${id}`,
  lineage: {
    relations: [
      { name: 'mart.audit_record', summary: 'One row per audited record', columns: ['match_count', 'auditor_count'] },
      { name: 'core.audit_code', summary: 'One row per audited code', columns: ['verdict'] },
      { name: 'core.encounter', summary: 'One row per encounter', columns: ['facility_id'] },
      { name: 'staging.audit_code', summary: 'Audited codes, cleaned', columns: ['coder_code', 'auditor_code'] },
    ],
    edges: [],
    extracts: ['audit_review', 'audit_code', 'encounter'],
  },
  notFedBy: [],
  checks: stubChecks.rows.filter(({ metrics }) => metrics.includes('delinquency_rate')),
});
