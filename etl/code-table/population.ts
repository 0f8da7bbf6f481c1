import { ageSpanOf } from './age-span.ts';
import type { Parser, Value } from './parsed-table.ts';
import { numberOf, sexCodeOf } from './people.ts';
import { lineError, recordsOf } from './text-lines.ts';

const wanted = {
  year: ['year'],
  state: ['state'],
  county: ['county_fips', 'county'],
  race: ['race'],
  origin: ['origin'],
  sex: ['sex'],
  ages: ['age_group', 'age'],
  people: ['population', 'pop'],
} as const;

/**
 * People by year, sex and age group, where the file has them also by state, county, race and origin: the denominators of
 * rates. What the file does not tell apart is null. A group of unknown age is left out when nobody is in it.
 */
export const population: Parser = (file) => {
  const { rows, has } = recordsOf(file, wanted, ['year', 'sex', 'ages', 'people'], 'a list of populations');
  const told = (key: string, text: string): string | null => (has(key) && text !== '' ? text : null);
  return {
    columns: ['year', 'state', 'county', 'race', 'origin', 'sex', 'age_from', 'age_to', 'people'],
    fiscalYear: null,
    from: null,
    version: null,
    rows: rows.flatMap(({ line, of }): readonly (readonly Value[])[] => {
      const [ages, people, sex] = [ageSpanOf(of('ages')), numberOf(of('people')), sexCodeOf(of('sex'))];
      if (!/^(18|19|20)\d\d$/.test(of('year')))
        throw lineError(file.name, line, 'no year.', 'Write years with four digits.');
      if (people === null)
        throw lineError(file.name, line, 'no number of people.', 'Write people in digits, without commas.');
      if (ages === null && people === 0) return [];
      if (ages === null)
        throw lineError(file.name, line, 'no age group.', 'Write age groups as `0 - 4`, `05-09` or `85+`.');
      if (sex === null) throw lineError(file.name, line, 'no sex.', 'Write Male or Female, or 1 or 2.');
      if (has('county') && !/^\d{3}$/.test(of('county')))
        throw lineError(file.name, line, 'no county code.', 'Write the three digits of the FIPS code.');
      const place = [told('state', of('state').toUpperCase()), told('county', of('county'))];
      const group = [told('race', of('race').toLowerCase()), told('origin', of('origin').toLowerCase())];
      return [[Number(of('year')), ...place, ...group, sex, ages.from, ages.to, people]];
    }),
  };
};
