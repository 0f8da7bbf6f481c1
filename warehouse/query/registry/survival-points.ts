import { actuarialSurvival, countByInterval, type ActuarialCurve } from '../../statistics/actuarial-survival.ts';
import { expectedSurvival } from '../../statistics/expected-survival.ts';
import { limitsAt } from '../../statistics/kaplan-meier.ts';
import type { LifeTable } from '../../statistics/population-life-table.ts';
import { relativeSurvival } from '../../statistics/relative-survival.ts';
import type { CohortCase } from './cohort.ts';
import type { CancerSurvivalView } from './survival-view.ts';

/** Survival of one group after so many whole months; at 0 all are alive. */
export interface SurvivalPoint {
  readonly months: number;
  readonly survival: number;
  /** log(−log) 95 %; NaN once nobody is left. */
  readonly lower: number;
  readonly upper: number;
  /** Still under watch then: alive at the start of the next month. */
  readonly atRisk: number;
  /** Under watch at the start of the month that ends then: what the survival rests on. */
  readonly entered: number;
  /** Of relative survival, what it was divided by and into; else null. */
  readonly observed: number | null;
  readonly expected: number | null;
}

/** A group's curve. */
export interface GroupCurve {
  readonly n: number;
  readonly points: readonly SurvivalPoint[];
  /** Cases that lived, or would have lived, in a year the life table does not have. */
  readonly outOfYears: number;
}

/**
 * The curve of some cases by months, to the last month asked for or until nobody is left.
 *
 * @param table null: observed survival
 */
export const survivalPoints = (
  cases: readonly CohortCase[],
  { method, expected: way, months }: Pick<CancerSurvivalView, 'method' | 'expected' | 'months'>,
  table: LifeTable | null,
): GroupCurve => {
  const curve = actuarialSurvival(countByInterval(cases, months), method);
  const expected = table === null ? null : expectedSurvival(cases, table, curve.time.length, way);
  const relative = expected && relativeSurvival(curve, expected);
  const start: SurvivalPoint = {
    ...{ months: 0, survival: 1, lower: 1, upper: 1, atRisk: cases.length, entered: cases.length },
    ...(expected === null ? { observed: null, expected: null } : { observed: 1, expected: 1 }),
  };
  const points = Array.from(curve.time, (time, i): SurvivalPoint => {
    const { value, lower, upper } = relative?.[i] ?? { value: curve.survival[i]!, ...limitsAt(curve, i) };
    return {
      ...{ months: time, survival: value, lower, upper },
      ...{ atRisk: leftAfter(curve, i), entered: curve.alive[i]! },
      observed: expected === null ? null : curve.survival[i]!,
      expected: expected?.cumulative[i] ?? null,
    };
  });
  return { n: cases.length, points: [start, ...points], outOfYears: expected?.outOfYears ?? 0 };
};

const leftAfter = ({ alive, died, withdrawn }: ActuarialCurve, i: number): number =>
  alive[i]! - died[i]! - withdrawn[i]!;
