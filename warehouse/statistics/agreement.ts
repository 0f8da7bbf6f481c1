/** Two raters' yes and no: a both yes, b only the first, c only the second, d both no. Counts. */
export interface YesNoTable {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
}

/**
 * Prevalence- and bias-adjusted κ over k ≥ 2 categories: (k Po − 1)/(k − 1), for two 2 Po − 1; Byrt, Bishop & Carlin,
 * J Clin Epidemiol 46 (1993) 423–429; Brennan & Prediger 1981 for k. `observed` is Po, 0–1.
 * @throws RangeError where k is below 2
 */
export const pabak = (observed: number, k = 2): number => {
  if (!(k >= 2)) throw new RangeError('pabak: there must be at least two categories');
  return (k * observed - 1) / (k - 1);
};

/** |a − d| / n: how far yes and no differ in frequency, 0–1; κ falls as it rises. Byrt 1993. null without units. */
export const prevalenceIndex = ({ a, b, c, d }: YesNoTable): number | null => ratio(Math.abs(a - d), a + b + c + d);

/** |b − c| / n: how far the raters differ in how often they say yes, 0–1. Byrt 1993. null without units. */
export const biasIndex = ({ a, b, c, d }: YesNoTable): number | null => ratio(Math.abs(b - c), a + b + c + d);

/**
 * 2a / (2a + b + c): how often the other says yes, given that one does, 0–1; Cicchetti & Feinstein, J Clin Epidemiol 43
 * (1990) 551–558. null where nobody said yes.
 */
export const positiveAgreement = ({ a, b, c }: YesNoTable): number | null => ratio(2 * a, 2 * a + b + c);

/** 2d / (2d + b + c): the same of no. null where nobody said no. */
export const negativeAgreement = ({ b, c, d }: YesNoTable): number | null => ratio(2 * d, 2 * d + b + c);

const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
