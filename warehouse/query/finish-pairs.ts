import type { AgreementMeasure } from '../metric/metric.ts';
import type { Interval } from '../statistics/interval.ts';
import { auditsUntilDecided } from '../statistics/audits-until-decided.ts';
import { kappaInterval } from '../statistics/kappa-interval.ts';
import {
  negativeAgreement,
  pabak,
  positiveAgreement,
  prevalenceIndex,
  raterAgreement,
  type RaterPair,
  type YesNoTable,
} from '../statistics/rater-agreement.ts';
import { wilson } from '../statistics/wilson.ts';
import { doubles, type Block } from './block.ts';
import { cell, columnNamed, type ColumnTable } from './column-table.ts';
import { groupRuns } from './group-runs.ts';
import type { Unit } from './plan.ts';

/**
 * Agreement of two raters by group; n = units both rated. Of the observed share numerator and denominator are those agreed
 * on and all; the other statistics are no ratio of two counts, so they have neither.
 */
export const finishPairs = (unit: Unit, result: ColumnTable): Block[] => {
  const { groups, ranges } = groupRuns(result);
  const pairs = pairsOf(result);
  return unit.metrics.map((metric) => {
    const { statistic } = metric.measure as AgreementMeasure;
    const found = ranges.map(([from, to]) => estimate(statistic, pairs.slice(from, to)));
    const column = (of: keyof Estimate): Float64Array<ArrayBuffer> => Float64Array.from(found, (each) => each[of]);
    const none = Float64Array.from(found, () => NaN);
    return {
      ...groups,
      metric,
      value: column('value'),
      numerator: statistic === 'observed' ? column('equal') : none,
      denominator: statistic === 'observed' ? column('n') : none,
      lower: column('lower'),
      upper: column('upper'),
      n: column('n'),
      note: '',
      untilDecided: (row, target) =>
        statistic === 'observed' ? auditsUntilDecided(found[row]!.equal, found[row]!.n, { target }) : null,
    };
  });
};

const pairsOf = (result: ColumnTable): RaterPair[] => {
  const [first, second] = [columnNamed(result, '_first'), columnNamed(result, '_second')];
  const units = doubles(result, 'units');
  return Array.from(units, (count, row) => ({
    first: String(cell(first, row)),
    second: String(cell(second, row)),
    units: count,
  }));
};

interface Estimate extends Interval {
  readonly value: number;
  readonly equal: number;
  readonly n: number;
}

const estimate = (statistic: AgreementMeasure['statistic'], pairs: readonly RaterPair[]): Estimate => {
  const { n, equal, categories, observed, kappa } = raterAgreement(pairs);
  const of = (value: number, limits: Interval | null = null): Estimate => ({
    value,
    equal,
    n,
    lower: limits?.lower ?? NaN,
    upper: limits?.upper ?? NaN,
  });
  const share = wilson(equal, n);
  switch (statistic) {
    case 'observed':
      return of(observed, share);
    case 'kappa':
      // Nothing but agreement leaves no error to measure, which is not the same as no doubt.
      return of(kappa, equal === n ? null : kappaInterval(pairs));
    case 'pabak': {
      // Two at least: raters who never disagreed on one category still had another to choose.
      const k = Math.max(2, categories);
      return of(pabak(observed, k), share && { lower: pabak(share.lower, k), upper: pabak(share.upper, k) });
    }
    case 'prevalence':
      return of(prevalenceIndex(yesNo(pairs)));
    case 'positive':
      return of(positiveAgreement(yesNo(pairs)));
    case 'negative':
      return of(negativeAgreement(yesNo(pairs)));
  }
};

const yesNo = (pairs: readonly RaterPair[]): YesNoTable => {
  const units = (first: string, second: string): number =>
    pairs.find((pair) => pair.first === first && pair.second === second)?.units ?? 0;
  return {
    a: units('true', 'true'),
    b: units('true', 'false'),
    c: units('false', 'true'),
    d: units('false', 'false'),
  };
};
