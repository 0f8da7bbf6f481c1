import type { SurvivalCurve } from './kaplan-meier.ts';

/**
 * How watching a case ended. `died_other`: of another cause than the one asked about; where all deaths count it is a
 * death like any other.
 */
export type Outcome = 'died' | 'died_other' | 'alive';

/** One case: whole months from diagnosis to the end of watching, and how it ended. */
export interface SurvivalCase {
  readonly months: number;
  readonly outcome: Outcome;
}

/** observed: every death counts. cause-specific: a death of another cause ends the watching as loss to follow-up does. */
export type SurvivalMeasure = 'observed' | 'cause-specific';

/** Cases by the interval of one month they end in; entry x is interval x + 1. */
export interface IntervalCounts {
  /** Cases watched from the start. */
  readonly entered: number;
  readonly died: Float64Array;
  /** Lost to follow-up or withdrawn alive; with a cause asked about, also dead of another one. */
  readonly withdrawn: Float64Array;
}

/**
 * Cases counted by interval: one with m months of survival ends in interval m + 1; one that lasts beyond the last
 * interval ends in none of them.
 *
 * @throws RangeError for months that are not whole or below 0: a case of unknown survival is to be left out before
 */
export const countByInterval = (
  cases: readonly SurvivalCase[],
  intervals: number,
  measure: SurvivalMeasure = 'observed',
): IntervalCounts => {
  const [died, withdrawn] = [new Float64Array(intervals), new Float64Array(intervals)];
  for (const { months, outcome } of cases) {
    if (!(Number.isInteger(months) && months >= 0))
      throw new RangeError('countByInterval: months must be whole and not below 0');
    if (months >= intervals) continue;
    const isDeath = outcome === 'died' || (outcome === 'died_other' && measure === 'observed');
    (isDeath ? died : withdrawn)[months]! += 1;
  }
  return { entered: cases.length, died, withdrawn };
};

/**
 * A life table; entry i is the interval that ends i + 1 months after diagnosis, `atRisk` the adjusted number alive L*.
 * `limitsAt` of the Kaplan–Meier file gives its limits, log(−log) as SEER has them unless told otherwise.
 */
export interface ActuarialCurve extends SurvivalCurve {
  /** Alive at the start of the interval: L. */
  readonly alive: Float64Array;
  readonly died: Float64Array;
  readonly withdrawn: Float64Array;
  /** P: share of those at risk that survive the interval; its standard error is √(P(1 − P)/L*). */
  readonly interval: Float64Array;
  readonly intervalError: Float64Array;
  /** SE of the cumulative survival, by Greenwood; NaN once that is 0. */
  readonly error: Float64Array;
}

/**
 * Survival by intervals: P = 1 − D/L*, CP = ∏ P. actuarial: L* = L − W/2, those withdrawn being watched for half of their
 * interval; kaplan-meier: L* = L, deaths coming first.
 *
 * Cutler & Ederer, J Chronic Dis 8 (1958) 699–712; SEER*Stat, algorithms for the survival output table, whose lost and
 * withdrawn are one here, as they count alike. The table ends where nobody is left.
 */
export const actuarialSurvival = (
  { entered, died, withdrawn }: IntervalCounts,
  method: 'actuarial' | 'kaplan-meier' = 'actuarial',
): ActuarialCurve => {
  const alive: number[] = [];
  for (let left = entered, i = 0; left > 0 && i < died.length; i++) {
    alive.push(left);
    left -= died[i]! + withdrawn[i]!;
  }
  const column = (of: (i: number) => number): Float64Array => Float64Array.from(alive, (_, i) => of(i));
  const running = (start: number, next: (before: number, i: number) => number): Float64Array => {
    let value = start;
    return column((i) => (value = next(value, i)));
  };
  const atRisk = column((i) => alive[i]! - (method === 'actuarial' ? withdrawn[i]! / 2 : 0));
  const interval = column((i) => 1 - died[i]! / atRisk[i]!);
  const survival = running(1, (before, i) => before * interval[i]!);
  const greenwood = running(0, (before, i) => before + died[i]! / (atRisk[i]! * (atRisk[i]! - died[i]!)));
  return {
    n: entered,
    events: alive.reduce((sum, _, i) => sum + died[i]!, 0),
    time: column((i) => i + 1),
    survival,
    atRisk,
    greenwood,
    alive: Float64Array.from(alive),
    died: died.slice(0, alive.length),
    withdrawn: withdrawn.slice(0, alive.length),
    interval,
    intervalError: column((i) => Math.sqrt((interval[i]! * (1 - interval[i]!)) / atRisk[i]!)),
    error: column((i) => (survival[i] === 0 ? NaN : survival[i]! * Math.sqrt(greenwood[i]!))),
  };
};
