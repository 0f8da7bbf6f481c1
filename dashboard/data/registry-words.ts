import type { Rates } from './registry-answer.ts';
import type { SiteRecode } from '../../warehouse/query/registry/basis.ts';
import type { RegistryChoice } from './registry-choice.ts';
import { formatCount } from './format.ts';

/** What rates and survival are split by. */
export const splitWords: Readonly<
  Record<'none' | 'year' | 'age' | 'sex' | 'race' | 'county' | 'site' | 'stage', string>
> = {
  none: 'All',
  year: 'Year',
  age: 'Age',
  sex: 'Sex',
  race: 'Race',
  county: 'County',
  site: 'Site',
  stage: 'Stage',
};

const leftOut: Readonly<Record<keyof Rates['leftOut'], string>> = {
  year: 'of years not counted',
  place: 'of elsewhere',
  sex: 'neither male nor female',
  age: 'of unknown age',
  group: 'in the total alone',
};

const excluded: Readonly<Record<string, string>> = {
  not_malignant: 'not malignant',
  from_death_alone: 'known from death alone',
  survival_not_known: 'of unknown survival',
  alive_without_survival: 'last seen on the day of diagnosis',
  age_not_known: 'of unknown age',
  sex_not_known: 'of unknown sex',
  not_first: 'not first tumors',
  not_in_life_table: 'of a race the life table has not',
};

const counted = (counts: Readonly<Record<string, number>>, words: Readonly<Record<string, string>>): string =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => `${formatCount(count)} ${words[reason] ?? reason.replaceAll('_', ' ')}`)
    .join(', ');

/** `not counted: 41 neither male nor female, 1 of unknown age`; empty where all are counted. */
export const leftOutWords = (counts: Rates['leftOut']): string => {
  const words = counted(counts, leftOut);
  return words === '' ? '' : `not counted: ${words}`;
};

/** `not watched: 12 not first tumors`; empty where all are. */
export const excludedWords = (counts: Readonly<Record<string, number>>): string => {
  const words = counted(counts, excluded);
  return words === '' ? '' : `not watched: ${words}`;
};

/** `3 withheld: fewer than 16 cases, or told by them`; empty where nothing is. */
export const withheldWords = (what: string, suppression: { readonly below: number } | undefined): string =>
  what === '' ? '' : `${what} withheld: fewer than ${suppression?.below ?? 16} cases, or told by them`;

/** `the first 20 of 67, all in the table`; empty where all are drawn. */
export const firstOfWords = (drawn: number, all: number): string =>
  all > drawn ? `the first ${drawn} of ${all}, all in the table` : '';

export const sexWords = [
  { value: '1', label: 'Male' },
  { value: '2', label: 'Female' },
] as const;

/** Who is counted or watched: `Breast, Female`; `All sites`. */
export const whoseWords = (recode: SiteRecode | null, { sites, sex }: Pick<RegistryChoice, 'sites' | 'sex'>): string =>
  [
    sites.map((code) => recode?.groups.find(({ value }) => value === code)?.label ?? code).join(', '),
    sexWords.find(({ value }) => value === sex)?.label ?? '',
  ]
    .filter((part) => part !== '')
    .join(', ') || 'All sites';
