import type { Standing } from '../../../warehouse/query/standings.ts';
import { stubCatalogue } from './catalogue.ts';

/** Values over July 2025 – June 2026 and the half widths of their intervals; the others' are not known. */
const values: Readonly<Record<string, readonly [value: number, half: number | null]>> = {
  code_accuracy_auditor: [0.948, 0.006],
  code_accuracy_coder: [0.936, 0.007],
  delinquency_rate: [0.168, null],
  complete_in_30_days: [0.925, 0.006],
  deficiency_turnaround_p50: [2.9, null],
  discharge_to_coded_km: [3.4, 0.2],
  abstracted_in_6_months: [0.934, 0.021],
};

/** How the stub's metrics stand: a target of its own at Riverside, undecided accuracy, the rest one way or the other. */
export const stubStandings = (where: readonly string[]): readonly Standing[] =>
  stubCatalogue.metrics
    .filter(({ scorecard, target }) => scorecard || target !== null)
    .map(({ id, target: general }): Standing => {
      const riverside = where.length === 1 && where[0] === 'facility=riverside';
      const target = riverside && id === 'delinquency_rate' && general ? { ...general, value: 0.1 } : general;
      const [value = null, half = null] = values[id] ?? [];
      const [lower, upper] = value === null || half === null ? [null, null] : [value - half, value + half];
      const isMet = value !== null && target && (target.direction === 'at_least') === value >= target.value;
      const side =
        target === null || lower === null
          ? null
          : lower > target.value
            ? 'above'
            : upper < target.value
              ? 'below'
              : 'undecided';
      return {
        ...{ metric: id, facility: riverside ? 'riverside' : null, windowFrom: '2025-07-01', windowTo: '2026-07-01' },
        ...{ value, lower, upper, n: value === null ? null : 480 },
        ...{ target: target?.value ?? null, label: target?.label ?? null, citation: target?.citation ?? null },
        ...{ direction: target?.direction ?? null, setFor: target === null ? null : 'all' },
        policy: target === null ? 'not judged' : value === null ? 'no value' : isMet ? 'met' : 'not met',
        evidence: side,
        moreAudits: side === null ? null : side === 'undecided' ? 3900 : 0,
      };
    });

/** The same of one facility: its own rows, Lakeview's delinquency within its target. */
export const stubStandingsOf = (facility: string): readonly Standing[] =>
  stubStandings([`facility=${facility}`]).map((one) => ({
    ...one,
    facility,
    ...(facility === 'lakeview' && one.metric === 'delinquency_rate' ? { value: 0.09, policy: 'met' as const } : {}),
  }));
