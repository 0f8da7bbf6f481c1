import type { Arrivals } from '../../../dashboard/data/arrival.ts';
import type { Held } from '../../../dashboard/data/quarantine.ts';
import type { Comparison } from '../../../dashboard/data/release-comparison.ts';
import type { SourceStatus } from '../../../dashboard/data/source-status.ts';
import { stubCatalogue } from './catalogue.ts';

const day = 86_400_000;
const iso = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** Nights of two sources, one of which missed the last three; rows come for a month or two after their month. */
export const stubArrivals: Arrivals = {
  release: stubCatalogue.release,
  rows: ['encounters', 'deficiencies'].flatMap((source, at) =>
    Array.from({ length: 800 }, (_, night) => {
      const arrivedOn = Date.parse('2026-09-02') - night * day;
      if (at === 1 && night < 3) return [];
      return [0, 20, 75].map((back, i) => ({
        ...{ source, contract: source.replace(/s$/, '').replace(/ie$/, 'y') },
        month: `${iso(arrivedOn - back * day).slice(0, 7)}-01`,
        arrivedOn: iso(arrivedOn),
        rows: [3120, 260, 31][i]! - (night % 7) * (90 >> (i * 2)),
      }));
    }).flat(),
  ),
};

export const stubSources: readonly SourceStatus[] = [
  {
    ...{ source: 'encounters', schedule: '0 4 * * *', timezone: 'America/Chicago', isLate: false },
    ...{ lastRun: '2026-09-02T04:09:12Z', lastOutcome: 'landed', nextRun: '2026-09-03T04:00:00Z' },
    ...{ completeThrough: '2026-09-01', dueThrough: '2026-08-31', says: 'Complete through 1 Sep, as agreed.' },
  },
  {
    ...{ source: 'deficiencies', schedule: '30 3 * * 1-5', timezone: 'America/Chicago', isLate: true },
    ...{ lastRun: '2026-09-02T04:09:20Z', lastOutcome: 'nothing new', nextRun: '2026-09-03T03:30:00Z' },
    ...{ completeThrough: '2026-08-29', dueThrough: '2026-09-01' },
    says: 'Three days behind: complete through 29 Aug, due through 1 Sep.',
  },
  {
    ...{ source: 'registry', schedule: null, timezone: null, isLate: false, lastRun: null, lastOutcome: null },
    ...{ nextRun: null, completeThrough: null, dueThrough: null, says: 'Run by hand; no day is agreed.' },
  },
];

const runs = { firstRun: '20260901T040910Z-aa01ff00', lastRun: '20260902T040912Z-1b2c3d00' };

export const stubQuarantine: readonly Held[] = [
  { ...{ source: 'codes', contract: 'encounter_code', rule: 'pattern:code', state: 'open', rows: 310 }, ...runs },
  {
    ...{ source: 'encounters', contract: 'encounter', rule: 'discharge-after-admit', state: 'open', rows: 43 },
    ...runs,
  },
  {
    ...{ source: 'encounters', contract: 'encounter', rule: 'discharge-after-admit', state: 'replayed', rows: 12 },
    ...runs,
  },
  { ...{ source: 'encounters', contract: null, rule: 'torn-row', state: 'open', rows: 5 }, ...runs },
  {
    ...{
      source: 'deficiencies',
      contract: 'deficiency',
      rule: 'completed-after-assigned',
      state: 'accepted',
      rows: 18,
    },
    ...runs,
  },
];

/** What two releases differ in, whichever are asked for. */
export const stubComparison = (query: URLSearchParams): Comparison => ({
  ...{ before: query.get('before') ?? '', after: query.get('after') ?? '', from: '2025-08-01', to: '2026-08-01' },
  tables: [
    { name: 'core.encounter_code', before: 810_004, after: 812_130 },
    { name: 'core.encounter', before: 99_802, after: 100_036 },
    { name: 'mart.hold_day', before: null, after: 1204 },
  ],
  metrics: [
    { id: 'delinquency_rate', label: 'Delinquency rate', unit: 'share', before: 0.213, after: 0.226 },
    { id: 'code_accuracy_auditor', label: 'Code accuracy', unit: 'share', before: 0.941, after: 0.939 },
  ],
  compared: { tables: 169, metrics: 11 },
});
