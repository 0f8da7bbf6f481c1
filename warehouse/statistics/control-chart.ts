/** One point of a control chart, in the order of time. Everything is in the unit of `value`; null is not known. */
export interface ControlPoint {
  readonly value: number | null;
  /** Centre line. */
  readonly centre: number | null;
  /** Standard deviation of this point by chance alone; null where the chart has none (run chart) or n is not known. */
  readonly sigma: number | null;
  /** Limits at 3 σ, cut where the chart cannot go beyond (0, and 1 for shares). */
  readonly lower: number | null;
  readonly upper: number | null;
  /** Limits at 2 σ, cut likewise. */
  readonly lower2: number | null;
  readonly upper2: number | null;
}

/** Choices common to the charts. */
export interface ChartOptions {
  /** The limits come from the first so many points only; by default from all. */
  readonly baseline?: number;
  /**
   * Leave out moving ranges of 3.267 times their mean or more, once, and take the mean again (Nelson 1982); R's
   * `qicharts2` has it off, `NHSRplotthedots` on. Off by default.
   */
  readonly screen?: boolean;
}

/** Where limits cannot go. */
export interface Bounds {
  readonly least?: number;
  readonly most?: number;
}

/** A point with its limits 2 and 3 σ from the centre, cut to the bounds. */
export const controlPoint = (
  value: number | null,
  centre: number | null,
  sigma: number | null,
  { least = -Infinity, most = Infinity }: Bounds = {},
): ControlPoint => {
  const limit = (times: number): number | null =>
    centre === null || sigma === null ? null : Math.min(most, Math.max(least, centre + times * sigma));
  return { value, centre, sigma, lower: limit(-3), lower2: limit(-2), upper2: limit(2), upper: limit(3) };
};

/** Whether a value lies outside the 3 σ limits; on them is inside. A value or limit that is not known is not outside. */
export const isOutside = ({ value, lower, upper }: ControlPoint): boolean =>
  value !== null && ((upper !== null && value > upper) || (lower !== null && value < lower));
