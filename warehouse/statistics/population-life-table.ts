/** A person's chance to live through one year of age, in the population a life table is of. */
export interface LifeTableRow {
  readonly sex: string;
  /** 'all' in a table that does not tell races apart. */
  readonly race: string;
  readonly year: number;
  /** Completed years; the last age of a table stands for all beyond. */
  readonly age: number;
  /** Annual probability of survival, above 0 to 1. */
  readonly survival: number;
}

/** A life table ready for use, by sex and race. */
export interface LifeTable {
  /** Annual survival of everyone of that sex and race by calendar year and age; null where the table does not have them. */
  readonly of: (sex: string, race: string) => Population | null;
}

/** One sex and race of a life table. */
export interface Population {
  readonly firstYear: number;
  readonly lastYear: number;
  /**
   * Annual probability of survival. A year the table does not have takes the nearest it has, of two equally near the
   * earlier (SEER*Stat, expected survival); ages beyond the last one take the last.
   */
  readonly survival: (year: number, age: number) => number;
  /** The same for a month: its twelfth root, taken once for each year and age. */
  readonly monthly: (year: number, age: number) => number;
}

/**
 * A life table from its rows, in any order.
 *
 * @throws RangeError where a survival is not above 0 and up to 1, a row comes twice, or ages from 0 to the last are not
 *   all there for a year
 */
export const lifeTable = (rows: readonly LifeTableRow[]): LifeTable => {
  const populations = new Map<string, Population>();
  for (const [key, own] of Map.groupBy(rows, ({ sex, race }) => JSON.stringify([sex, race])))
    populations.set(key, population(own));
  return { of: (sex, race) => populations.get(JSON.stringify([sex, race])) ?? null };
};

const population = (rows: readonly LifeTableRow[]): Population => {
  const byYear = new Map<number, Float64Array>();
  for (const [year, own] of Map.groupBy(rows, (row) => row.year)) byYear.set(year, agesOf(own));
  const years = [...byYear.keys()].sort((a, b) => a - b);
  const [first, last] = [years[0]!, years.at(-1)!];
  const nearest = Array.from({ length: last - first + 1 }, (_, i) => byYear.get(nearestOf(years, first + i))!);
  const months = nearest.map((ages) => ages.map((survival) => survival ** (1 / 12)));
  const at = (table: readonly Float64Array[], year: number, age: number): number => {
    const ages = table[Math.min(Math.max(year, first), last) - first]!;
    return ages[Math.min(age, ages.length - 1)]!;
  };
  return {
    firstYear: first,
    lastYear: last,
    survival: (year, age) => at(nearest, year, age),
    monthly: (year, age) => at(months, year, age),
  };
};

const nearestOf = (years: readonly number[], year: number): number =>
  years.reduce((best, one) => (Math.abs(one - year) < Math.abs(best - year) ? one : best));

const agesOf = (rows: readonly LifeTableRow[]): Float64Array => {
  const ages = new Float64Array(rows.length);
  for (const { age, survival } of rows) {
    if (!(survival > 0 && survival <= 1)) throw new RangeError('lifeTable: survival must be above 0 and up to 1');
    if (!(Number.isInteger(age) && age >= 0 && age < rows.length) || ages[age] !== 0)
      throw new RangeError('lifeTable: each age from 0 to the last, once a year');
    ages[age] = survival;
  }
  return ages;
};
