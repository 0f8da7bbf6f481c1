/** The shape of sql/metric/*.yaml once read and checked. Nothing here knows a hospital: relations and columns are names. */

/** Width of a period: weeks begin on Monday, everything else as the calendar has it. */
export type Grain = 'day' | 'week' | 'month' | 'quarter' | 'year';

export const grains: readonly Grain[] = ['day', 'week', 'month', 'quarter', 'year'];

/** `index`: a plain number that is none of the others (κ, codes a record, records an hour). */
export type Unit = 'share' | 'days' | 'hours' | 'count' | 'dollars' | 'weight' | 'index';

interface From {
  /** Relation read, with its schema: `mart.code_accuracy`. */
  readonly from: string;
  /** Column whose calendar day places a row in a period. */
  readonly date: string;
}

/** `last`: a stock, not a flow. Only the rows of the last date within each period count. */
interface Stock {
  readonly take?: 'last';
}

/** A row's outcome may have become settled after the row's own date. */
interface Known {
  /**
   * Column of the UTC moment at which the row said what it says now. Asked as of a day, rows settled later, or not known
   * to be settled, are left out; not asked so, it plays no part.
   */
  readonly known?: string;
}

/** Sum of one column over the sum of another; null where the denominator is 0. */
export interface RatioMeasure extends From, Stock, Known {
  readonly kind: 'ratio';
  readonly numerator: string;
  readonly denominator: string;
  /**
   * `cluster`: rows of one cluster (a record, say) hang together; standard error over clusters.
   * `wilson`: each unit of the denominator is one yes or no.
   * `stratified`: clusters drawn by strata; numerator and denominator are weighted by N_h/n_h (Horvitz–Thompson), the
   * standard error is that of the linearised ratio with finite population correction.
   */
  readonly interval: 'cluster' | 'wilson' | 'none' | 'stratified';
  /** Column that names the cluster; there with `interval: cluster` or `stratified` and only then. */
  readonly cluster?: string;
  /** Column that names the stratum within its frame (one value a frame and stratum); with `interval: stratified` only. */
  readonly stratum?: string;
  /** Column of N_h, the clusters of the stratum's frame; with `interval: stratified` only. */
  readonly population?: string;
  /** The denominator is divided by this first: 12 turns a sum of twelve months into their mean. */
  readonly denominator_divisor?: number;
}

/** Sum of a column, or with `*` the number of rows. */
export interface CountMeasure extends From, Stock, Known {
  readonly kind: 'count';
  readonly count: string;
}

/** Exact quantile with linear interpolation (R type 7) over the values that are not null. */
export interface QuantileMeasure extends From, Known {
  readonly kind: 'quantile';
  readonly value: string;
  /** 0 < p < 1. */
  readonly p: number;
}

/**
 * Agreement of two raters over the same units, one row a unit: each unit's category by the first and by the second, as
 * text, number or boolean. Units that either has not rated are left out.
 *
 * `observed` Po, share of units with equal categories; `kappa` Cohen's (Po − Pe)/(1 − Pe) over all categories; `pabak`
 * (k·Po − 1)/(k − 1), 2·Po − 1 of two categories; of booleans also `prevalence` |a − d|/n, `positive` 2a/(2a + b + c) and
 * `negative` 2d/(2d + b + c), a and d being the units both call true and both call false.
 */
export interface AgreementMeasure extends From, Known {
  readonly kind: 'agreement';
  readonly first: string;
  readonly second: string;
  readonly statistic: AgreementStatistic;
}

export type AgreementStatistic = 'observed' | 'kappa' | 'pabak' | 'prevalence' | 'positive' | 'negative';

interface KaplanMeier extends From, Known {
  /** UTC timestamp the clock starts; rows without one are left out. */
  readonly start: string;
  /** UTC timestamp of the event; null = still open. */
  readonly event: string;
  /** UTC timestamp up to which the row was watched: open rows are censored there. */
  readonly until: string;
}

/** Days by which a share p has had its event, by Kaplan–Meier: open rows count for as long as they were watched. */
export interface KmQuantileMeasure extends KaplanMeier {
  readonly kind: 'km_quantile';
  readonly p: number;
}

/** Share that has had its event within `at` days: 1 − S(at). */
export interface KmShareMeasure extends KaplanMeier {
  readonly kind: 'km_share';
  readonly at: number;
}

export type KmMeasure = KmQuantileMeasure | KmShareMeasure;
export type Measure = RatioMeasure | CountMeasure | QuantileMeasure | AgreementMeasure | KmMeasure;

/** On which side of a target a value meets it; reaching it is meeting it. */
export type Direction = 'at_least' | 'at_most';

/** What a metric should reach. */
export interface Target {
  /** In the metric's own unit; shares are 0–1. */
  readonly value: number;
  readonly label: string;
  readonly citation: string | null;
  /** null: neither side was said to be better, so it can be neither met nor missed. */
  readonly direction: Direction | null;
}

/** A relation that must have rows for a number to be known, and what to tell a person while it has none. */
export interface Need {
  readonly relation: string;
  readonly says: string;
}

/** The side of a target that a metric's better side is; null where it has none. */
export const directionOf = (better: Metric['better']): Direction | null =>
  better === 'higher' ? 'at_least' : better === 'lower' ? 'at_most' : null;

/** One number a person may ask for. */
export interface Metric {
  readonly id: string;
  /** Code of the handbook (`CA1`); variants may share one. */
  readonly code: string;
  readonly label: string;
  readonly help: string;
  readonly definition: string;
  readonly excludes: string | null;
  readonly method: string;
  readonly source: string;
  readonly unit: Unit;
  readonly better: 'higher' | 'lower' | 'neither';
  readonly scorecard: boolean;
  /** Id of the metric whose variants are shown side by side with this one; its own id for the leading one; null alone. */
  readonly variantOf: string | null;
  /** Customary target, for where a workspace sets none of its own. */
  readonly target: Target | null;
  readonly measure: Measure;
  /** Dimension id → column of the relation. */
  readonly dimensions: Readonly<Record<string, string>>;
  readonly grains: readonly Grain[];
  /** Relations without which the number is not known when they have no row. */
  readonly needs?: readonly Need[];
  /** Whole months after its date until a row's outcome is settled; 0 where it is settled at once. */
  readonly maturesAfterMonths: number;
  /** Ids of the checks whose failure puts this number in doubt. */
  readonly gatedBy: readonly string[];
  readonly subject: string;
  readonly page: string;
  /** Rank of its subject, then its place in the file. */
  readonly order: number;
  /** Where it is written, for messages: `sql/metric/coding.yaml:12`. */
  readonly where: string;
}

/** Something numbers may be split or filtered by. */
export interface Dimension {
  readonly id: string;
  readonly label: string;
  /** Relation that knows a label for each value; null = see `labels`. */
  readonly labelFrom: { readonly table: string; readonly value: string; readonly label: string } | null;
  /** Fixed labels of a closed list; a value without one is its own label. */
  readonly labels: Readonly<Record<string, string>>;
}
