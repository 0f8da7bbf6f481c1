/** Units by the category of the first rater and of the second; categories in any order, each pair once. */
export interface RaterPair {
  readonly first: string;
  readonly second: string;
  readonly units: number;
}

/** Every figure is NaN where it divides by nothing: no units, or chance alone already agrees on all of them. */
export interface RaterAgreement {
  readonly n: number;
  /** Units of equal category. */
  readonly equal: number;
  /** Distinct categories that either rater used. */
  readonly categories: number;
  /** Po: share of units with equal categories. */
  readonly observed: number;
  /** Cohen's κ = (Po − Pe)/(1 − Pe), unweighted, over all categories; Cohen, Educ Psychol Meas 20 (1960) 37–46. */
  readonly kappa: number;
}

/** Observed agreement and κ of two raters over the same units. */
export const raterAgreement = (pairs: readonly RaterPair[]): RaterAgreement => {
  const first = new Map<string, number>();
  const second = new Map<string, number>();
  let [n, equal] = [0, 0];
  for (const pair of pairs) {
    first.set(pair.first, (first.get(pair.first) ?? 0) + pair.units);
    second.set(pair.second, (second.get(pair.second) ?? 0) + pair.units);
    n += pair.units;
    if (pair.first === pair.second) equal += pair.units;
  }
  // Whole numbers up to here, so that agreement on everything by chance is exactly n².
  const byChance = [...first].reduce((sum, [category, units]) => sum + units * (second.get(category) ?? 0), 0);
  const spare = n * n - byChance;
  return {
    n,
    equal,
    categories: new Set([...first.keys(), ...second.keys()]).size,
    observed: n === 0 ? NaN : equal / n,
    kappa: spare === 0 ? NaN : (n * equal - byChance) / spare,
  };
};

/** PABAK of k categories, (k·Po − 1)/(k − 1), which of two is 2·Po − 1; Byrt, Bishop & Carlin, J Clin Epidemiol 46 (1993). NaN below two. */
export const pabak = (observed: number, categories: number): number =>
  categories < 2 ? NaN : (categories * observed - 1) / (categories - 1);

/** Two raters' yes and no: a both yes, b the first alone, c the second alone, d both no. */
export interface YesNoTable {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
}

/** |a − d|/n; Byrt et al. 1993. NaN of no units. */
export const prevalenceIndex = ({ a, b, c, d }: YesNoTable): number => Math.abs(a - d) / (a + b + c + d);

/** 2a/(2a + b + c), agreement on yes; Cicchetti & Feinstein, J Clin Epidemiol 43 (1990). NaN where neither said yes. */
export const positiveAgreement = ({ a, b, c }: YesNoTable): number => (2 * a) / (2 * a + b + c);

/** 2d/(2d + b + c), agreement on no; Cicchetti & Feinstein 1990. NaN where neither said no. */
export const negativeAgreement = ({ b, c, d }: YesNoTable): number => (2 * d) / (2 * d + b + c);
