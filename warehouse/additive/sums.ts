import type { RatioMeasure, Unit } from '../metric/metric.ts';
import type { Interval } from '../statistics/interval.ts';
import { wilson } from '../statistics/wilson.ts';

/** Numbers of one metric, an entry a period and group; NaN is not known. */
export interface Figures {
  readonly value: Float64Array<ArrayBuffer>;
  readonly numerator: Float64Array<ArrayBuffer>;
  readonly denominator: Float64Array<ArrayBuffer>;
  readonly lower: Float64Array<ArrayBuffer>;
  readonly upper: Float64Array<ArrayBuffer>;
  readonly n: Float64Array<ArrayBuffer>;
}

/** Of dollars or weights the sum is no number of things: there n is the rows added up. */
export const countsThings = (unit: Unit): boolean => unit !== 'dollars' && unit !== 'weight';

/** What a count comes to: its sum, resting on itself where it counts things, else on the number of `rows` added up. */
export const countFigures = (sums: Float64Array, rows: Float64Array<ArrayBuffer> | null): Figures => {
  const value = Float64Array.from(sums, known);
  const blank = new Float64Array(sums.length).fill(NaN);
  return { value, numerator: value, denominator: blank, lower: blank, upper: blank, n: rows ?? value };
};

/** Sums of both sides of a ratio as its value, with Wilson's interval where each unit is one yes or no. */
export const ratioFigures = (
  { interval, denominator_divisor: divisor = 1 }: Pick<RatioMeasure, 'interval' | 'denominator_divisor'>,
  above: Float64Array,
  below: Float64Array,
): Figures => {
  const numerator = Float64Array.from(above, known);
  const denominator = Float64Array.from(below, (sum) => known(sum) / divisor);
  const limits = intervals(numerator.length, (row) =>
    interval === 'wilson' ? wilson(numerator[row]!, denominator[row]!) : null,
  );
  return { ...limits, numerator, denominator, value: quotients(numerator, denominator), n: denominator };
};

/** Both limits of each row; NaN where it has none. */
export const intervals = (rows: number, of: (row: number) => Interval | null): Pick<Figures, 'lower' | 'upper'> => {
  const lower = new Float64Array(rows);
  const upper = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const interval = of(row);
    lower[row] = interval?.lower ?? NaN;
    upper[row] = interval?.upper ?? NaN;
  }
  return { lower, upper };
};

/** Unknown where there is nothing to divide by. */
export const quotients = (numerator: Float64Array, denominator: Float64Array): Float64Array<ArrayBuffer> =>
  Float64Array.from(numerator, (part, row) => (denominator[row] === 0 ? NaN : part / denominator[row]!));

/** The sum of nothing is 0. */
export const known = (sum: number): number => (Number.isNaN(sum) ? 0 : sum);
