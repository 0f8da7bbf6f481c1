import { UserError } from '../../error.ts';
import { nearest } from '../../metric/nearest.ts';
import type { PopulationBasis, RecodeScheme, RegistryBasis, SiteRecode } from './basis.ts';
import { refuseUnknown, type RatesView } from './rates-view.ts';

/** A question about rates with everything it needs at hand. */
export interface RatesQuestion extends RatesView {
  readonly recode: RecodeScheme | null;
  readonly standard: string;
  /** Years of diagnosis counted: those asked for that have cases and people. */
  readonly years: readonly number[];
  readonly population: PopulationBasis;
  readonly siteRecode: SiteRecode | null;
  /** Whether it asks about sites at all. */
  readonly usesSite: boolean;
}

/**
 * A question held against what the release has.
 *
 * @throws UserError with a sentence that names the table of `code_tables` that is not configured, or the value that is
 *   not there
 */
export const resolveRates = (basis: RegistryBasis, view: RatesView): RatesQuestion => {
  const { population } = basis;
  if (population === null) throw notConfigured('population', 'Rates need the people they are of');
  if (basis.standards.length === 0)
    throw notConfigured('standard_population', 'Age-adjusted rates need a standard population');
  const usesSite = view.by === 'site' || view.where.site.length > 0;
  const siteRecode = siteRecodeOf(basis, view.recode, usesSite);
  if (siteRecode !== null)
    refuseUnknown(
      'site',
      view.where.site,
      siteRecode.groups.map(({ value }) => value),
    );
  refuseUnknown('sex', view.where.sex, ['1', '2']);
  for (const dimension of ['race', 'county', 'state'] as const) {
    const values = { race: population.races, county: population.counties, state: population.states }[dimension];
    if (view.by !== dimension && view.where[dimension].length === 0) continue;
    if (values === null)
      throw new UserError(`The configured population does not tell one ${dimension} from another.`, {
        mend: `Name a table that has a column \`${dimension}\` under \`code_tables.population\`, or ask without.`,
      });
    refuseUnknown(dimension, view.where[dimension], values);
  }
  const years = basis.coveredYears.filter(
    (year) => (view.from === null || year >= view.from) && (view.to === null || year < view.to),
  );
  if (years.length === 0) throw withoutYears(basis);
  return {
    ...view,
    standard: standardOf(basis.standards, view.standard),
    years,
    population,
    siteRecode,
    usesSite,
    recode: siteRecode?.scheme ?? null,
  };
};

/** The sentence for a table that a question needs and himsight.yaml does not name. */
export const notConfigured = (kind: string, need: string): UserError =>
  new UserError(`${need}, and none is configured in this workspace.`, {
    mend: `Name one under \`code_tables.${kind}\` in himsight.yaml and run \`himsight run\`.`,
  });

const withoutYears = ({ coveredYears, population }: RegistryBasis): UserError => {
  const people = population?.years ?? [];
  return new UserError('No year asked for has both cases and people.', {
    mend:
      coveredYears.length > 0
        ? `Years that have: ${coveredYears.join(', ')}.`
        : `The population under \`code_tables.population\` is of ${people[0]} to ${people.at(-1)}; no case was diagnosed then.`,
  });
};

/** The site recode asked for; without a word the only one, of both that of 2023. null where none is configured or needed. */
export const siteRecodeOf = (
  { siteRecodes }: RegistryBasis,
  scheme: RecodeScheme | null,
  isNeeded: boolean,
): SiteRecode | null => {
  const found = siteRecodes.findLast((one) => scheme === null || one.scheme === scheme) ?? null;
  if (found === null && (isNeeded || scheme !== null))
    throw notConfigured(
      `site_recode_${scheme ?? '2023'}`,
      `Cancer sites need SEER's site recode${scheme === null ? '' : ` ${scheme}`}`,
    );
  return found;
};

/** The standard named; without a word the only one, of several the first that is named for the United States in 2000. */
const standardOf = (standards: readonly string[], asked: string | null): string => {
  if (asked !== null) {
    if (!standards.includes(asked))
      throw new UserError(`\`standard\`: no standard population of that name is configured.`, {
        mend: nearest(asked, standards),
      });
    return asked;
  }
  const [only, ...others] = standards;
  if (others.length === 0) return only!;
  const usual = standards.find((name) => name.includes('2000') && /\bU\.?S\b/i.test(name));
  if (usual !== undefined) return usual;
  throw new UserError('Several standard populations are configured; say which by `standard`.', {
    mend: nearest('', standards),
  });
};
