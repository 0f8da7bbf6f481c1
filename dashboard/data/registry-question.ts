import type { RegistryBasis, SiteRecode } from '../../warehouse/query/registry/basis.ts';
import type { RatesView } from '../../warehouse/query/registry/rates-view.ts';
import type { CancerSurvivalView } from '../../warehouse/query/registry/survival-view.ts';
import type { RegistryChoice } from './registry-choice.ts';

/** The part of the choice that both questions share. */
const shared = ({ recode, years }: RegistryChoice) => ({
  ...(recode === null ? {} : { recode }),
  ...(years === null ? {} : { from: years.first, to: years.last + 1 }),
});

/** Filters that are set. */
const whereOf = ({
  sites,
  sex,
}: RegistryChoice): { readonly site?: readonly string[]; readonly sex?: readonly string[] } => ({
  ...(sites.length === 0 ? {} : { site: sites }),
  ...(sex === null ? {} : { sex: [sex] }),
});

/** The question about rates that a choice stands for. */
export const ratesQuestion = (choice: RegistryChoice): Partial<RatesView> => ({
  by: choice.rates,
  where: whereOf(choice) as RatesView['where'],
  ...shared(choice),
  ...(choice.standard === null ? {} : { standard: choice.standard }),
  interval: choice.limits,
});

/** The question about survival that a choice stands for. */
export const survivalQuestion = (choice: RegistryChoice): Partial<CancerSurvivalView> => ({
  by: choice.survival === 'none' ? null : choice.survival,
  where: whereOf(choice) as CancerSurvivalView['where'],
  ...shared(choice),
  ...{ measure: choice.measure, method: choice.method, expected: choice.expected },
  months: Number(choice.followed) * 12,
});

/** Whether the release knows people that cases can be a rate of. */
export const hasRates = ({ population, coveredYears, standards }: RegistryBasis): boolean =>
  population !== null && standards.length > 0 && coveredYears.length > 0;

/** Whether it knows cases that survival can be counted of. */
export const hasSurvival = ({ survivalCases }: RegistryBasis): boolean => survivalCases > 0;

/** What rates can be split by in this release. */
export const splitsOf = ({
  population,
  siteRecodes,
  coveredYears,
}: RegistryBasis): readonly RegistryChoice['rates'][] => [
  ...(coveredYears.length > 1 ? (['year'] as const) : []),
  ...(['age', 'sex'] as const),
  ...((population?.races ?? null) === null ? [] : (['race'] as const)),
  ...((population?.counties ?? null) === null ? [] : (['county'] as const)),
  ...(siteRecodes.length === 0 ? [] : (['site'] as const)),
];

/** What survival can be split by in this release. */
export const survivalSplitsOf = ({ siteRecodes, stages }: RegistryBasis): readonly RegistryChoice['survival'][] => [
  ...(['none', 'sex', 'age'] as const),
  ...(stages.length === 0 ? [] : (['stage'] as const)),
  'race',
  ...(siteRecodes.length === 0 ? [] : (['site'] as const)),
];

/** The site recode that a choice means: the one it names, else the newest there is; null without any. */
export const recodeOf = (
  { siteRecodes }: RegistryBasis,
  { recode }: Pick<RegistryChoice, 'recode'>,
): SiteRecode | null => siteRecodes.find(({ scheme }) => scheme === recode) ?? siteRecodes.at(-1) ?? null;
