/** Rules that tell signal from noise on a control chart: one set a chart, never mixed, and named on it. */
export interface RuleSet {
  readonly id: 'anhoej' | 'making-data-count' | 'western-electric';
  /** As it stands on the chart. */
  readonly name: string;
  /** Which edition of the rules: the program whose results these agree with, or the book. */
  readonly version: string;
  /** The chart the rules were made for. */
  readonly chart: string;
}
