import type { Check, CheckKeys, CheckStrata } from '../../../dashboard/data/check.ts';
import type { Checks } from '../../../dashboard/data/trust.ts';
import { stubCatalogue } from './catalogue.ts';

const check = (part: Partial<Check> & Pick<Check, 'id' | 'says' | 'status'>): Check => ({
  ...{ number: null, kind: 'gate', table: 'encounter', source: 'encounters', kahn: 'conformance' },
  ...{ context: 'verification', quality: 'accuracy', severity: 'convention', origin: 'own' },
  ...{
    note: null,
    off: null,
    error: null,
    examined: 7400,
    violated: 0,
    share: 0,
    threshold: 0,
    metrics: ['delinquency_rate'],
  },
  ...part,
});

/** The one that fails, of those compiled into a scan by facility and month. */
const failing = check({
  ...{ id: 'audit_after_coding', says: 'An audit may not come before the final coding.', status: 'fail' },
  ...{ number: 92, kind: 'check', table: 'core.audit_review', source: null, kahn: 'plausibility' },
  ...{ violated: 22, share: 22 / 7400 },
});

/** Fifteen guard the delinquency rate and one of them fails; three more do not. */
export const stubChecks: Checks = {
  release: stubCatalogue.release,
  rows: [
    failing,
    check({
      ...{ id: 'no_principal', number: 36, kind: 'check', table: 'core.encounter', source: null, kahn: 'completeness' },
      ...{ says: 'A coded inpatient stay has a principal diagnosis.', status: 'pass_with', threshold: 0.005 },
      ...{ violated: 14, share: 14 / 7400, metrics: [] },
    }),
    check({
      ...{ id: 'drift', number: 102, kind: 'check', table: 'core.encounter_code', source: null, kahn: 'plausibility' },
      ...{ says: 'The mix of codes keeps to that of the year before.', status: 'error', severity: 'characterisation' },
      ...{ examined: null, violated: null, share: null, threshold: 0.1, metrics: [] },
    }),
    ...Array.from({ length: 14 }, (_, i) =>
      check({ id: `check_${i}`, says: `Promise ${i + 1} of the extract holds.`, status: 'pass' }),
    ),
    check({
      ...{ id: 'naaccr_site', number: 31, table: 'tumor', source: 'registry', metrics: [], status: 'na' },
      ...{ says: 'A primary site is one of ICD-O-3.', examined: 0, share: null },
    }),
  ],
};

const months = Array.from({ length: 14 }, (_, i) => new Date(Date.UTC(2025, 6 + i, 1)).toISOString().slice(0, 10));

export const stubStrata = (id: string): CheckStrata => ({
  release: stubCatalogue.release,
  check: stubChecks.rows.find((one) => one.id === id) ?? failing,
  strata: ['riverside', 'northgate', 'lakeview'].flatMap((facility_id, at) =>
    months.map((month, i) => {
      const violated = at === 0 && i > 9 ? (i - 9) * 4 : (at + i) % 9 === 0 ? 1 : 0;
      const status = violated === 0 ? 'pass' : 'fail';
      return { facility_id, month, examined: 176, violated, share: violated / 176, status };
    }),
  ),
});

export const stubKeys: CheckKeys = {
  release: stubCatalogue.release,
  columns: ['audit_id', 'encounter_id'],
  rows: Array.from({ length: 22 }, (_, i) => ({ audit_id: `a${4100 + i}`, encounter_id: `e${90_210 + i * 7}` })),
  more: false,
};
