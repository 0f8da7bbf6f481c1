import type { Standing } from '../../warehouse/query/standings.ts';
import type { Answer, Row } from '../../dashboard/data/answer.ts';
import type { Catalogue, Metric } from '../../dashboard/data/catalogue.ts';
import type { Batch, ContractCounts } from '../../dashboard/data/run.ts';

/** A metric with a target of 95 %, higher being better; a test says what differs. */
export const aMetric = (part: Partial<Metric> = {}): Metric => ({
  id: 'accuracy',
  code: 'CA1',
  label: 'Accuracy',
  help: 'Right ÷ all',
  unit: 'share',
  better: 'higher',
  subject: 'Coding',
  page: 'coding',
  order: 1,
  scorecard: true,
  variantOf: null,
  dimensions: ['facility'],
  grains: ['month'],
  target: { value: 0.95, label: 'customary', citation: null, direction: 'at_least' },
  definition: '',
  excludes: null,
  method: 'Ratio of sums',
  source: null,
  kind: 'ratio',
  take: null,
  ...part,
});

/** A standing against 95 %, judged over July 2025 – June 2026, of which a test says the rest. */
export const aStanding = (part: Partial<Standing> = {}): Standing => ({
  ...{ metric: 'accuracy', facility: null, windowFrom: '2025-07-01', windowTo: '2026-07-01' },
  ...{ value: null, lower: null, upper: null, n: null },
  ...{ target: 0.95, label: 'customary', citation: null, direction: 'at_least', setFor: 'customary' },
  ...{ policy: 'no value', evidence: null, moreAudits: null },
  ...part,
});

/** A row in which nothing is known but what a test says. */
export const aRow = (part: Partial<Row> = {}): Row => ({
  metric: 'accuracy',
  period: null,
  group: {},
  value: null,
  numerator: null,
  denominator: null,
  lower: null,
  upper: null,
  n: null,
  suppressed: false,
  compareValue: null,
  change: null,
  ...part,
});

export const anAnswer = (rows: readonly Row[], by: readonly string[] = []): Answer => ({
  asked: { metrics: ['accuracy'], by, grain: 'month', from: null, to: null, where: {}, compare: null, asOf: null },
  release: 'r',
  asOf: '2026-09-01',
  completeThrough: '2026-08-31',
  throughOf: new Map(),
  versionOf: new Map(),
  against: null,
  rows,
});

export const aCatalogue = (metrics: readonly Metric[]): Catalogue => ({
  release: 'r',
  metrics,
  dimensions: [
    { id: 'facility', label: 'Facility', values: [{ value: 'riverside', label: 'Riverside' }] },
    {
      id: 'coder',
      label: 'Coder',
      values: [
        { value: 'c1', label: 'Coder 1' },
        { value: 'c2', label: 'Coder 2' },
      ],
    },
  ],
});

/** Counts in which both identities hold. */
export const someCounts: ContractCounts = {
  contract: 'encounter',
  mapped: 100,
  accepted: 90,
  quarantined: 7,
  duplicates: 3,
  superseded: 0,
  inserted: 80,
  updated: 10,
  unchanged: 0,
  acceptedShare: 0.9,
};

/** A batch of one file and one contract. */
export const aBatch = (records: number, rejected: number): Batch => ({
  source: 's',
  batch: 'b',
  seconds: 1,
  files: [{ name: 'f', bytes: 1, lines: records + 1, records }],
  status: 'landed',
  message: '',
  contracts: [someCounts],
  rejected,
  reasons: [],
});
