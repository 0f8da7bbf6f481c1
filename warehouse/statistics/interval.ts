/** Two-sided limits, in the unit of the value they surround. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}
