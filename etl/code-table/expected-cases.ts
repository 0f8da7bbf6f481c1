import type { Parser, Value } from './parsed-table.ts';
import { numberOf } from './people.ts';
import { lineError, recordsOf } from './text-lines.ts';

const wanted = {
  year: ['year', 'diagnosis_year'],
  county: ['county', 'county_fips'],
  site: ['site'],
  expected: ['expected', 'expected_cases', 'cases'],
  source: ['source'],
} as const;

/**
 * Cases a registry of a population is expected to find, by year of diagnosis, where the file has it also by county (three
 * digits) and by site (an ICD-O-3 category such as C50). A row without county and site is of the whole registry.
 */
export const expectedCases: Parser = (file) => {
  const { rows, has } = recordsOf(file, wanted, ['year', 'expected'], 'a list of expected cases');
  const told = (key: string, text: string): string | null => (has(key) && text !== '' ? text : null);
  return {
    columns: ['year', 'county', 'site', 'expected', 'source'],
    fiscalYear: null,
    from: null,
    version: null,
    rows: rows.map(({ line, of }): readonly Value[] => {
      const [county, site] = [told('county', of('county')), told('site', of('site').toUpperCase())];
      const expected = numberOf(of('expected'));
      if (!/^(18|19|20)\d\d$/.test(of('year')))
        throw lineError(file.name, line, 'no year.', 'Write years with four digits.');
      if (expected === null || expected === 0)
        throw lineError(
          file.name,
          line,
          'no number of expected cases above 0.',
          'Write expected cases in digits, without commas; a point is fine.',
        );
      if (county !== null && !/^\d{3}$/.test(county))
        throw lineError(
          file.name,
          line,
          'no county code.',
          'Write the three digits of the FIPS code, or leave it empty.',
        );
      if (site !== null && !/^C\d\d$/.test(site))
        throw lineError(
          file.name,
          line,
          'no site.',
          'Write a category of ICD-O-3 such as C50, or leave it empty for all.',
        );
      return [Number(of('year')), county, site, expected, told('source', of('source'))];
    }),
  };
};
