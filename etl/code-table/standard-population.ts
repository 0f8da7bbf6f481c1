import { ageSpanOf, areAllAges } from './age-span.ts';
import type { Parser } from './parsed-table.ts';
import { numberOf } from './people.ts';
import { lineError, recordsOf } from './text-lines.ts';

const wanted = {
  standard: ['standard_name', 'name'],
  number: ['standard'],
  ages: ['age_group', 'agecat', 'age'],
  people: ['std_pop', 'standard_pop', 'stdpop', 'population', 'pop'],
} as const;

/**
 * Standard populations, one or several in a file: name, age group and people, or the people of a standard million. Each
 * must cover all ages once. A `standard` beside a name is its number and is left out.
 */
export const standardPopulation: Parser = (file) => {
  const { rows, has } = recordsOf(file, wanted, ['ages', 'people'], 'a list of standard populations');
  const name = (['standard', 'number'] as const).find(has);
  if (name === undefined)
    throw lineError(file.name, 1, 'no column `standard_name` or `standard`.', 'Name the standard in every line.');
  const groups = rows.map(({ line, of }) => {
    const [ages, people] = [ageSpanOf(of('ages')), numberOf(of('people'))];
    if (ages === null)
      throw lineError(file.name, line, 'no age group.', 'Write age groups as `0 - 4`, `05-09` or `85+`.');
    if (people === null || of(name) === '')
      throw lineError(file.name, line, 'no standard, or no people.', 'Name the standard, and its people in digits.');
    return { line, standard: of(name), people, ...ages };
  });
  for (const own of Map.groupBy(groups, ({ standard }) => standard).values())
    if (!areAllAges(own))
      throw lineError(
        file.name,
        own[0]!.line,
        'the standard that begins here does not cover all ages once.',
        'Give every age group from 0 to an open last one, such as `85+`, once.',
      );
  return {
    columns: ['standard', 'age_from', 'age_to', 'people'],
    fiscalYear: null,
    from: null,
    version: null,
    rows: groups.map(({ standard, from, to, people }) => [standard, from, to, people]),
  };
};
