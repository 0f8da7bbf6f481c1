import type { Parser } from './parsed-table.ts';
import { numberOf, sexCodeOf } from './people.ts';
import { lineError, recordsOf } from './text-lines.ts';

const wanted = {
  age: ['age'],
  sex: ['sex'],
  race: ['race'],
  year: ['year'],
  survival: ['survival', 'annual_survival', 'prob', 'px'],
  mortality: ['mortality', 'qx'],
  hazard: ['daily_hazard'],
} as const;

/** How each of the three ways to tell a chance of survival becomes an annual probability; a year has 365.25 days. */
const annual: Readonly<Record<'survival' | 'mortality' | 'hazard', (told: number) => number>> = {
  survival: (told) => told,
  mortality: (told) => 1 - told,
  hazard: (told) => Math.exp(-365.25 * told),
};

/**
 * A life table by single years of age, sex and calendar year, where the file has it also by race: `survival` (annual
 * probability), `qx` (annual mortality) or `daily_hazard`, as R's `survexp` tables are printed.
 */
export const lifeTable: Parser = (file) => {
  const { rows, has } = recordsOf(file, wanted, ['age', 'sex', 'year'], 'a life table');
  const way = (['survival', 'mortality', 'hazard'] as const).find(has);
  if (way === undefined)
    throw lineError(
      file.name,
      1,
      'no column `survival`, `qx` or `daily_hazard`.',
      'Give one of the three: annual survival, annual mortality or daily hazard.',
    );
  const lives = rows.map(({ line, of }) => {
    const [age, year, told, sex] = [numberOf(of('age')), numberOf(of('year')), numberOf(of(way)), sexCodeOf(of('sex'))];
    if (age === null || year === null || !Number.isInteger(age) || !Number.isInteger(year))
      throw lineError(file.name, line, 'no age or year.', 'Write single years of age and calendar years in digits.');
    if (sex === null) throw lineError(file.name, line, 'no sex.', 'Write Male or Female, or 1 or 2.');
    const survival = told === null ? NaN : annual[way](told);
    if (!(survival > 0 && survival <= 1))
      throw lineError(
        file.name,
        line,
        'no chance of survival above 0 and up to 1.',
        `Check the column \`${wanted[way][0]}\`.`,
      );
    return { line, sex, race: of('race').toLowerCase() || 'all', year, age, survival };
  });
  for (const own of Map.groupBy(lives, ({ sex, race, year }) => JSON.stringify([sex, race, year])).values())
    if (new Set(own.map(({ age }) => age)).size < own.length || Math.max(...own.map(({ age }) => age)) >= own.length)
      throw lineError(
        file.name,
        own[0]!.line,
        'the ages of the sex and year that begin here are not all there, once.',
        'Give each age from 0 to the last once for every sex and year.',
      );
  return {
    columns: ['sex', 'race', 'year', 'age', 'survival'],
    fiscalYear: null,
    from: null,
    version: null,
    rows: lives.map(({ sex, race, year, age, survival }) => [sex, race, year, age, survival]),
  };
};
