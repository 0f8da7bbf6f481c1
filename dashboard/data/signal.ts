import { controlled, leastPoints } from '../../warehouse/statistics/control-series.ts';
import { judge } from '../../warehouse/statistics/control-verdict.ts';
import type { Assurance, PointType } from '../../warehouse/statistics/making-data-count-rules.ts';
import type { Row } from './answer.ts';
import type { Metric } from './catalogue.ts';
import type { IsoDate } from './period.ts';

/** What the two icons of *Making Data Count* say of a series: of its last point, and of its limits against the target. */
export interface Signal {
  /** How the last complete period that has a value stands; null where there are too few periods for limits, since the last rebase too. */
  readonly variation: PointType | null;
  /** Why it is a signal, as the rules name it; empty where chance explains it. */
  readonly cause: string;
  /** null as well where there is no target, or neither side of it is better. */
  readonly assurance: Assurance | null;
  /** Which way the target is better met. */
  readonly better: Metric['better'];
}

/** The rules the icons go by; the page of an indicator begins with the same. */
export const signalRules = 'making-data-count';

/**
 * The signal of a metric, of the very points and limits that the control chart on its page is drawn of.
 *
 * @param metric with the target in force
 * @param rows of complete periods, oldest first
 * @param rebases days that limits are computed anew from
 */
export const signalOf = (metric: Metric, rows: readonly Row[], rebases: readonly IsoDate[]): Signal => {
  const { better, unit } = metric;
  const none: Signal = { variation: null, cause: '', assurance: null, better };
  if (rows.filter(({ value }) => value !== null).length < leastPoints) return none;
  const { points, starts } = controlled(unit, rows, signalRules, rebases);
  const target = metric.target?.value ?? null;
  const { latest, assurance } = judge(points, { rules: signalRules, better, target }, starts);
  return { variation: latest?.type ?? null, assurance, cause: latest?.cause ?? '', better };
};

/** `improvement: 7 points below centre`; `common cause`; why there is nothing to say. */
export const variationWords = ({ variation, cause }: Signal): string => {
  if (variation === null) return 'too few periods to tell signal from noise';
  return cause === '' ? variation : `${variation}: ${cause}`;
};

/** What the limits say of the target; empty where they say nothing. */
export const assuranceWords = ({ assurance }: Signal): string =>
  assurance === null
    ? ''
    : {
        'consistently passing': 'as things are, the target will be met',
        'consistently failing': 'as things are, the target will be missed',
        inconsistent: 'as things are, the target will be met at times and missed at times',
      }[assurance];
