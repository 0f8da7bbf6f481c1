import type { AgreementMeasure } from '../metric/metric.ts';
import type { Interval } from '../statistics/interval.ts';
import {
  negativeAgreement,
  pabak,
  positiveAgreement,
  prevalenceIndex,
  type YesNoTable,
} from '../statistics/agreement.ts';
import { auditsUntilDecided } from '../statistics/audits-until-decided.ts';
import { cohenKappa, kappaInterval } from '../statistics/kappa.ts';
import { wilson } from '../statistics/wilson.ts';
import { doubles, type Block } from './block.ts';
import { cell, columnNamed, type ColumnTable } from './column-table.ts';
import { groupRuns } from './group-runs.ts';
import type { Unit } from './plan.ts';

/** Agreement of two raters by group; n = units both rated, numerator and denominator those agreed on and all. */
export const finishPairs = (unit: Unit, result: ColumnTable): Block[] => {
  const { groups, ranges } = groupRuns(result);
  const pairs = pairsOf(result);
  return unit.metrics.map((metric) => {
    const { statistic } = metric.measure as AgreementMeasure;
    const found = ranges.map(([from, to]) => estimate(statistic, pairs.slice(from, to)));
    const column = (of: keyof Estimate): Float64Array<ArrayBuffer> => Float64Array.from(found, (each) => each[of]);
    return {
      ...groups,
      metric,
      value: column('value'),
      numerator: column('equal'),
      denominator: column('n'),
      lower: column('lower'),
      upper: column('upper'),
      n: column('n'),
      note: '',
      untilDecided: (row, target) =>
        statistic === 'observed' ? auditsUntilDecided(found[row]!.equal, found[row]!.n, { target }) : null,
    };
  });
};

/** How many units the first rater put in one category and the second in another. */
interface Pair {
  readonly first: string;
  readonly second: string;
  readonly units: number;
}

const pairsOf = (result: ColumnTable): Pair[] => {
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

const estimate = (statistic: AgreementMeasure['statistic'], pairs: readonly Pair[]): Estimate => {
  const n = unitsOf(pairs);
  const equal = unitsOf(pairs.filter(({ first, second }) => first === second));
  const of = (value: number | null, limits: Interval | null = null): Estimate => ({
    value: value ?? NaN,
    equal,
    n,
    lower: limits?.lower ?? NaN,
    upper: limits?.upper ?? NaN,
  });
  const share = wilson(equal, n);
  switch (statistic) {
    case 'observed':
      return of(equal / n, share);
    case 'kappa': {
      const found = cohenKappa(countsOf(pairs));
      // Nothing but agreement leaves no error to measure, which is not the same as no doubt.
      return of(found?.kappa ?? null, found?.standardError ? kappaInterval(found) : null);
    }
    case 'pabak': {
      // Two at least: raters who never disagreed on one category still had another to choose.
      const k = Math.max(2, categoriesOf(pairs).length);
      return of(pabak(equal / n, k), share && { lower: pabak(share.lower, k), upper: pabak(share.upper, k) });
    }
    case 'prevalence':
      return of(prevalenceIndex(yesNo(pairs)));
    case 'positive':
      return of(positiveAgreement(yesNo(pairs)));
    case 'negative':
      return of(negativeAgreement(yesNo(pairs)));
  }
};

const unitsOf = (pairs: readonly Pair[]): number => pairs.reduce((sum, { units }) => sum + units, 0);

const categoriesOf = (pairs: readonly Pair[]): readonly string[] => [
  ...new Set(pairs.flatMap(({ first, second }) => [first, second])),
];

/** Every category that either used, as rows of the first and columns of the second. */
const countsOf = (pairs: readonly Pair[]): readonly (readonly number[])[] => {
  const categories = categoriesOf(pairs);
  const place = new Map(categories.map((name, i) => [name, i]));
  const counts = categories.map(() => new Array<number>(categories.length).fill(0));
  for (const { first, second, units } of pairs) counts[place.get(first)!]![place.get(second)!] = units;
  return counts;
};

const yesNo = (pairs: readonly Pair[]): YesNoTable => {
  const units = (first: string, second: string): number =>
    pairs.find((pair) => pair.first === first && pair.second === second)?.units ?? 0;
  return {
    a: units('true', 'true'),
    b: units('true', 'false'),
    c: units('false', 'true'),
    d: units('false', 'false'),
  };
};
