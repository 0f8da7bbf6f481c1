export const recodes = ['2008', '2023'] as const;
export const rateSplits = ['year', 'age', 'sex', 'race', 'county', 'site'] as const;
export const survivalSplits = ['none', 'sex', 'age', 'stage', 'race', 'site'] as const;
export const limitMethods = ['tiwari', 'fay-feuer'] as const;
export const measures = ['observed', 'relative'] as const;
export const methods = ['actuarial', 'kaplan-meier'] as const;
export const expectations = ['ederer-2', 'ederer-1'] as const;
export const follows = ['5', '10', '20'] as const;

/** What a registry's rates and survival are asked for; the same sites and sex for both. null is the usual one, or all. */
export interface RegistryChoice {
  readonly recode: (typeof recodes)[number] | null;
  /** Codes of the site recode; none keeps all. */
  readonly sites: readonly string[];
  readonly sex: '1' | '2' | null;
  /** First and last year of diagnosis. */
  readonly years: { readonly first: number; readonly last: number } | null;
  readonly standard: string | null;
  readonly limits: (typeof limitMethods)[number];
  readonly rates: (typeof rateSplits)[number];
  readonly survival: (typeof survivalSplits)[number];
  readonly measure: (typeof measures)[number];
  readonly method: (typeof methods)[number];
  readonly expected: (typeof expectations)[number];
  /** Years of follow-up. */
  readonly followed: (typeof follows)[number];
}

export const usualChoice: RegistryChoice = {
  recode: null,
  sites: [],
  sex: null,
  years: null,
  standard: null,
  limits: 'tiwari',
  rates: 'year',
  survival: 'none',
  measure: 'observed',
  method: 'actuarial',
  expected: 'ederer-2',
  followed: '5',
};

/** Keys of the address whose value is one of a few words. */
const words = {
  rates: rateSplits,
  limits: limitMethods,
  survival: survivalSplits,
  measure: measures,
  method: methods,
  expected: expectations,
  followed: follows,
} as const;
type WordKey = keyof typeof words;
const wordKeys = Object.keys(words) as readonly WordKey[];

/** Every key these choices have in the address. */
export const choiceKeys = ['recode', 'cancer', 'cancer_sex', 'years', 'standard', ...wordKeys] as const;

const readYears = (text: string | null): RegistryChoice['years'] => {
  const [, first, last] = /^((?:19|20)\d\d)\.\.((?:19|20)\d\d)$/.exec(text ?? '') ?? [];
  return first !== undefined && last !== undefined && first <= last
    ? { first: Number(first), last: Number(last) }
    : null;
};

const among = <T extends string>(allowed: readonly T[], text: string | null): T | null =>
  allowed.find((one) => one === text) ?? null;

/** The choices as keys of an address; what is usual is not written. */
export const writeChoice = (choice: RegistryChoice): readonly (readonly [string, string])[] => {
  const { years } = choice;
  const one = (key: string, value: string | null, usual: string | null = null): (readonly [string, string])[] =>
    value === null || value === usual ? [] : [[key, value]];
  return [
    ...one('recode', choice.recode),
    ...choice.sites.map((site) => ['cancer', site] as const),
    ...one('cancer_sex', choice.sex),
    ...one('years', years === null ? null : `${years.first}..${years.last}`),
    ...one('standard', choice.standard),
    ...wordKeys.flatMap((key) => one(key, choice[key], usualChoice[key])),
  ];
};

/** The opposite of {@link writeChoice}; what cannot be read is the usual. */
export const readChoice = (query: URLSearchParams): RegistryChoice => ({
  ...usualChoice,
  ...Object.fromEntries(
    wordKeys.flatMap((key) => {
      const value = among<string>(words[key], query.get(key));
      return value === null ? [] : [[key, value]];
    }),
  ),
  recode: among(recodes, query.get('recode')),
  sites: [...new Set(query.getAll('cancer'))],
  sex: among(['1', '2'] as const, query.get('cancer_sex')),
  years: readYears(query.get('years')),
  standard: query.get('standard'),
});

/** Key → what would be right, of each key that was not understood. */
export const misreadChoice = (query: URLSearchParams): readonly (readonly [key: string, would: string])[] => [
  ...[...wordKeys.map((key) => [key, words[key]] as const), ['recode', recodes] as const].flatMap(([key, allowed]) =>
    query.has(key) && among<string>(allowed, query.get(key)) === null ? [[key, allowed.join(', ')] as const] : [],
  ),
  ...(query.has('cancer_sex') && among(['1', '2'], query.get('cancer_sex')) === null
    ? [['cancer_sex', '1, 2'] as const]
    : []),
  ...(query.has('years') && readYears(query.get('years')) === null ? [['years', '2010..2014'] as const] : []),
];
