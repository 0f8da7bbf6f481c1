import type { Reader } from '../../open.ts';
import { annualPercentChange, type AnnualChange } from '../../statistics/annual-percent-change.ts';
import type { IncidenceRate } from '../../statistics/incidence-rates.ts';
import { rateRatio } from '../../statistics/rate-ratio.ts';
import type { ColumnTable } from '../column-table.ts';
import { registryBasis, type RegistryBasis } from './basis.ts';
import { booleans, numbers, texts } from './columns.ts';
import { provenanceOf, yearSpans, type Provenance } from './provenance.ts';
import { rateGroups, type RateGroups } from './rate-groups.ts';
import { ratesRows, type LeftOut } from './rates-rows.ts';
import { refuseUnknown, type RatesView } from './rates-view.ts';
import { resolveRates, type RatesQuestion } from './resolve-rates.ts';
import { fewestCases, withheldGroups, withheldWords, type Withheld } from './withhold.ts';

/** What rates are by. */
export const ratePer = 100_000;

/** How a rate changes over the years of the question, or why that is not known. */
export interface RateTrend extends Pick<AnnualChange, 'change' | 'lower' | 'upper' | 'p' | 'years'> {
  /** Least squares of ln rate on the year, all years alike; limits by Student's t. */
  readonly method: 'ols';
}

/** What a question about rates was answered with. */
export interface RatesAnswer {
  readonly release: string;
  /** The question with what it left open filled in. */
  readonly asked: RatesView;
  readonly unit: 'per 100,000 person-years';
  readonly level: number;
  /** Years of diagnosis counted. */
  readonly years: readonly number[];
  /** null unless split by year; `trendUnknown` then says why it is not known. */
  readonly trend: RateTrend | null;
  readonly trendUnknown: string | null;
  /**
   * Cases of the question that are in no rate: diagnosed in a year without people, elsewhere, of a sex or age that has no
   * denominator; `group`: in the total, but in none of the groups.
   */
  readonly leftOut: Readonly<Record<LeftOut, number>>;
  readonly suppression: { readonly below: number; readonly words: Readonly<Record<Withheld, string>> };
  readonly provenance: Provenance;
  /**
   * One row per group, then their total (`is_total`, the only row of a question without `by`). Columns: the dimension asked
   * (text), label, is_total, cases, population (person-years), crude with crude_standard_error, crude_lower and crude_upper
   * (exact), rate (age-adjusted) with standard_error, lower and upper, filled (age groups with cases and no people), ratio
   * to the reference with ratio_lower and ratio_upper, fitted (the line of the trend at that year), suppressed, reason.
   * Figures of fewer than 16 cases are null, as are those they could be worked out from.
   */
  readonly table: ColumnTable;
}

/**
 * Crude and age-adjusted incidence rates per 100,000 from one release.
 *
 * @throws UserError naming the table of `code_tables` that is missing, or a value the release does not have
 */
export const rates = async (reader: Reader, view: RatesView, signal?: AbortSignal): Promise<RatesAnswer> => {
  const basis = await registryBasis(reader);
  const question = resolveRates(basis, view);
  const connection = await reader.connect();
  try {
    const found = rateGroups(question, await ratesRows(connection, question, signal));
    return answered(basis, question, found);
  } finally {
    connection.closeSync();
  }
};

interface Line {
  readonly value: string | null;
  readonly label: string;
  readonly rate: IncidenceRate;
  readonly withheld: Withheld | null;
}

const answered = (
  basis: RegistryBasis,
  question: RatesQuestion,
  { groups, total, leftOut }: RateGroups,
): RatesAnswer => {
  const withheld = withheldGroups(groups.map(({ rate }) => rate.cases));
  const lines: Line[] = [
    ...groups.map(({ named, rate }, i) => ({ ...named, rate, withheld: withheld[i]! })),
    ...(total === null
      ? []
      : [{ value: null, label: 'All', rate: total, withheld: total.cases < fewestCases ? ('few' as const) : null }]),
  ];
  const { change, why } = trendOf(question, lines);
  const { population, siteRecode, years, cases, interval } = question;
  return {
    release: basis.release,
    asked: {
      ...{ by: question.by, where: question.where, from: years[0]!, to: years.at(-1)! + 1, recode: question.recode },
      ...{ standard: question.standard, cases, interval, reference: question.reference },
    },
    unit: 'per 100,000 person-years',
    level: 0.95,
    years,
    trend: change && {
      ...{ change: change.change, lower: change.lower, upper: change.upper, p: change.p, years: change.years },
      method: 'ols',
    },
    trendUnknown: why,
    leftOut,
    suppression: { below: fewestCases, words: withheldWords },
    provenance: provenanceOf(basis, {
      method: `${caseWords[cases]}, ${yearSpans(years)}; ${interval === 'tiwari' ? 'Tiwari' : 'Fay–Feuer'} 95 % limits`,
      siteRecode: siteRecode === null || !question.usesSite ? null : `SEER site recode ${siteRecode.scheme}`,
      standardPopulation: question.standard,
      population: `people of ${(population.states ?? ['the configured table']).join(', ')} by ${population.counties === null ? 'year' : 'county and year'}`,
    }),
    table: tableOf(question, lines, change),
  };
};

const caseWords: Readonly<Record<RatesView['cases'], string>> = {
  malignant: 'Malignant cases, bladder in situ among them',
  invasive: 'Cases of behavior 3',
  in_situ: 'In situ cases',
};

/** The trend over years, from rates that may all be seen. */
const trendOf = (
  { by }: RatesQuestion,
  lines: readonly Line[],
): { change: AnnualChange | null; why: string | null } => {
  if (by !== 'year') return { change: null, why: null };
  const years = lines.filter(({ value }) => value !== null);
  if (years.some(({ withheld }) => withheld !== null))
    return { change: null, why: `A year's rate is withheld (${withheldWords.few}), and with it the trend over years.` };
  const points = years.map(({ value, rate }) => ({ year: Number(value), rate: rate.adjusted?.rate ?? 0 }));
  const change = annualPercentChange(points);
  return { change, why: change === null ? 'A trend needs at least three years, each with a rate above 0.' : null };
};

const tableOf = (question: RatesQuestion, lines: readonly Line[], change: AnnualChange | null): ColumnTable => {
  const shown = <T>(of: (rate: IncidenceRate) => T | null | undefined): (T | null)[] =>
    lines.map(({ rate, withheld }) => (withheld === null ? (of(rate) ?? null) : null));
  const each = (name: string, of: (rate: IncidenceRate) => number | null | undefined, by = 1) =>
    numbers(
      name,
      shown(of).map((value) => (value === null ? null : value * by)),
    );
  const per = (name: string, of: (rate: IncidenceRate) => number | null | undefined) => each(name, of, ratePer);
  const ratios = ratiosOf(question, lines);
  const fitted = fittedAt(lines, change);
  return {
    rows: lines.length,
    columns: [
      ...(question.by === null
        ? []
        : [
            texts(
              question.by,
              lines.map(({ value }) => value),
            ),
          ]),
      texts(
        'label',
        lines.map(({ label }) => label),
      ),
      booleans(
        'is_total',
        lines.map(({ value }) => value === null),
      ),
      each('cases', ({ cases }) => cases),
      numbers(
        'population',
        lines.map(({ rate }) => rate.personYears),
      ),
      per('crude', ({ crude }) => crude?.rate),
      per('crude_standard_error', ({ crude }) => crude?.standardError),
      per('crude_lower', ({ crude }) => crude?.lower),
      per('crude_upper', ({ crude }) => crude?.upper),
      per('rate', ({ adjusted }) => adjusted?.rate),
      per('standard_error', ({ adjusted }) => adjusted?.standardError),
      per('lower', ({ adjusted }) => adjusted?.lower),
      per('upper', ({ adjusted }) => adjusted?.upper),
      each('filled', ({ filled }) => filled),
      ...(question.reference === null
        ? []
        : (['ratio', 'lower', 'upper'] as const).map((key) =>
            numbers(
              key === 'ratio' ? key : `ratio_${key}`,
              ratios.map((ratio) => ratio?.[key] ?? null),
            ),
          )),
      ...(question.by === 'year'
        ? [
            numbers(
              'fitted',
              lines.map(({ value }) => fitted(value)),
            ),
          ]
        : []),
      booleans(
        'suppressed',
        lines.map(({ withheld }) => withheld !== null),
      ),
      texts(
        'reason',
        lines.map(({ withheld }) => withheld && withheldWords[withheld]),
      ),
    ],
  };
};

/** Each group's rate by that of the reference; nothing of what is withheld, and nothing at all where the reference is. */
const ratiosOf = ({ reference, interval }: RatesQuestion, lines: readonly Line[]) => {
  if (reference === null) return [];
  const groups = lines.flatMap(({ value }) => (value === null ? [] : [value]));
  refuseUnknown('reference', [reference], groups);
  const base = lines.find(({ value }) => value === reference)!;
  return lines.map(({ value, rate, withheld }) => {
    if (value === null || withheld !== null || base.withheld !== null) return null;
    return rate.adjusted && base.rate.adjusted && rateRatio(rate.adjusted, base.rate.adjusted, interval);
  });
};

/** The line of the trend, e^(mean ln rate + slope (year − mean year)), at a year. */
const fittedAt = (lines: readonly Line[], change: AnnualChange | null): ((year: string | null) => number | null) => {
  if (change === null) return () => null;
  const points = lines.flatMap(({ value, rate }) =>
    value === null ? [] : [{ x: Number(value), y: Math.log(rate.adjusted!.rate) }],
  );
  const mean = (of: 'x' | 'y') => points.reduce((sum, point) => sum + point[of], 0) / points.length;
  const [x, y] = [mean('x'), mean('y')];
  return (year) => (year === null ? null : Math.exp(y + change.slope * (Number(year) - x)) * ratePer);
};
