import type { Measure, Metric } from './metric.ts';

/** What the engine does for a metric of this measure, one sentence each: its method beyond what its author wrote. */
export const methodNotes = ({ measure, maturesAfterMonths }: Metric): readonly string[] => [
  ...kindNotes(measure),
  ...('take' in measure ? ['A stock: of each period the rows of its last date count.'] : []),
  ...('known' in measure
    ? [`Asked as of a day, only rows settled by the end of it count (\`${measure.known}\`, UTC).`]
    : []),
  ...(maturesAfterMonths > 0 ? [`Rows are settled ${maturesAfterMonths} months after their date.`] : []),
];

const kindNotes = (measure: Measure): string[] => {
  switch (measure.kind) {
    case 'ratio':
      return ['Ratio of sums; not known over a denominator of 0.', ...intervalNotes[measure.interval]];
    case 'count':
      return measure.count === '*' ? ['Number of rows.'] : [`Sum of \`${measure.count}\`.`];
    case 'quantile':
      return [`Exact quantile at ${measure.p}, linear between neighbours (R type 7; Hyndman & Fan 1996).`];
    case 'agreement':
      return [`Agreement of two raters over units both rated: ${statistics[measure.statistic]}.`];
    case 'km_quantile':
      return [`Kaplan–Meier, time until a share of ${measure.p} has had the event, ${loglog}.`];
    case 'km_share':
      return [`Kaplan–Meier, 1 − S(${measure.at} days), ${loglog}.`];
  }
};

const loglog = 'log-log 95 % limits of Greenwood’s variance (Kalbfleisch & Prentice 1980)';

const statistics = {
  observed: 'share of equal categories, Wilson interval (Wilson 1927)',
  kappa: 'Cohen’s κ, unweighted, over all categories (Cohen 1960), interval by Fleiss, Cohen & Everitt 1969',
  pabak: '(k·Po − 1)/(k − 1) with the limits of Wilson’s interval of Po (Byrt, Bishop & Carlin 1993)',
  prevalence: 'prevalence index |a − d|/n (Byrt, Bishop & Carlin 1993)',
  positive: '2a/(2a + b + c) (Cicchetti & Feinstein 1990)',
  negative: '2d/(2d + b + c) (Cicchetti & Feinstein 1990)',
} as const;

const intervalNotes = {
  none: [],
  wilson: ['95 % interval: Wilson score, no continuity correction (Wilson 1927).'],
  cluster: [
    '95 % interval: t with k − 1 degrees of freedom on the standard error over clusters (Cochran 1977, 6.19); with fewer ' +
      'than ten clusters, none wrong or all alike Wilson on the effective sample size.',
  ],
  stratified: [
    'Weighted by N_h/n_h (Horvitz & Thompson 1952), n_h being what was drawn from the stratum in all; no value where a ' +
      'stratum’s population is not known or smaller than that.',
    '95 % interval: t with Σn_h − H degrees of freedom on the linearised standard error with finite population ' +
      'correction (Cochran 1977, 6.11), strata of a single record collapsed (5A.12).',
  ],
} as const;
