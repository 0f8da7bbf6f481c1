/** A value with the half width of its 95 % interval, at a place on an even axis. */
export interface Measured {
  readonly at: number;
  readonly value: number;
  /** Above 0. */
  readonly half: number;
}

export interface Slope {
  /** Change of the value per step. */
  readonly slope: number;
  /** Half width of the slope's own 95 % interval: a slope beyond it is more than chance. */
  readonly half: number;
}

/**
 * The straight line through measured values, each weighing by its precision (weighted least squares; the standard error
 * of the slope is 1/√Σw(x−x̄)², Draper & Smith, Applied Regression Analysis). Null of fewer than three values.
 */
export const slopeOf = (points: readonly Measured[]): Slope | null => {
  if (points.length < 3) return null;
  const weighed = points.map((point) => ({ ...point, weight: 1 / point.half ** 2 }));
  const sum = (part: (point: (typeof weighed)[number]) => number) =>
    weighed.reduce((all, point) => all + point.weight * part(point), 0);
  const total = sum(() => 1);
  const [middle, mean] = [sum(({ at }) => at) / total, sum(({ value }) => value) / total];
  const spread = sum(({ at }) => (at - middle) ** 2);
  return { slope: sum(({ at, value }) => (at - middle) * (value - mean)) / spread, half: 1 / Math.sqrt(spread) };
};
