import type { BasisRow } from '../../warehouse/query/registry/basis.ts';
import type { Criterion } from '../../warehouse/query/registry/criteria.ts';
import { worded, type Catalogue } from './catalogue.ts';
import { formatTarget, formatValue, unknown } from './format.ts';
import type { Span } from './period.ts';

/** As `GET /api/registry` answers. */
export interface RegistryReport {
  readonly release: string;
  /** The newest year first. */
  readonly criteria: readonly Criterion[];
}

/** A year of diagnosis as a table of it: criteria down, standards across. */
export interface CriteriaYear {
  readonly year: number;
  readonly rows: readonly CriteriaRow[];
  /** In the order of the standards: how many of its criteria are met, of how many that could be judged. */
  readonly totals: readonly { readonly met: number; readonly judged: number }[];
}

export interface CriteriaRow {
  readonly label: string;
  readonly numerator: number | null;
  readonly denominator: number | null;
  /** Numerator ÷ denominator in words; duplicates are told per 1,000. */
  readonly share: string;
  /** In the order of the standards; null where a standard has no such criterion. */
  readonly verdicts: readonly (Criterion | null)[];
}

/** The standards told of, in the order of their ids. */
export const standardsOf = (
  criteria: readonly Criterion[],
): readonly { readonly standard: string; readonly label: string }[] =>
  [...new Map(criteria.map(({ standard, standardLabel }) => [standard, standardLabel]))]
    .map(([standard, label]) => ({ standard, label }))
    .toSorted((a, b) => (a.standard < b.standard ? -1 : 1));

/** The criteria by year, the newest first, each against every standard. */
export const criteriaYears = (criteria: readonly Criterion[]): readonly CriteriaYear[] => {
  const standards = standardsOf(criteria);
  return [...Map.groupBy(criteria, ({ year }) => year)]
    .toSorted(([a], [b]) => b - a)
    .map(([year, ofYear]) => ({
      year,
      // Standards that allow other months look at other cases.
      rows: [...Map.groupBy(ofYear, criterionWords)].map(([label, verdicts]) => {
        const { criterion = '', numerator = null, denominator = null } = verdicts[0] ?? {};
        return {
          label,
          numerator,
          denominator,
          share: shareWords(criterion, numerator === null || !denominator ? null : numerator / denominator),
          verdicts: standards.map(({ standard }) => verdicts.find((one) => one.standard === standard) ?? null),
        };
      }),
      totals: standards.map(({ standard }) => {
        const judged = ofYear.filter((one) => one.standard === standard && one.isMet !== null);
        return { met: judged.filter(({ isMet }) => isMet).length, judged: judged.length };
      }),
    }));
};

const criterionWords = ({ criterion, months }: Pick<Criterion, 'criterion' | 'months'>): string =>
  months === null ? (names[criterion] ?? worded(criterion)) : `Available within ${months} months`;

const names: Readonly<Record<string, string>> = { duplicates: 'Duplicates', edits: 'Free of failing edits of our own' };

/** Standards tell duplicates per 1,000. */
const isPerThousand = (criterion: string): boolean => criterion === 'duplicates';

const shareWords = (criterion: string, share: number | null): string =>
  share !== null && isPerThousand(criterion)
    ? `${formatValue(1000 * share, 'index', 2)} per 1,000`
    : formatValue(share, 'share', 2);

const signs: Readonly<Record<string, string>> = { below: '<', at_most: '≤', above: '>', at_least: '≥' };

/** `< 3 %`, `≥ 95 %`, `≤ 1 per 1,000`. */
export const thresholdWords = ({
  criterion,
  direction,
  threshold,
}: Pick<Criterion, 'criterion' | 'direction' | 'threshold'>): string =>
  `${signs[direction] ?? worded(direction)} ${
    isPerThousand(criterion) ? `${formatTarget(1000 * threshold, 'index')} per 1,000` : formatTarget(threshold, 'share')
  }`;

/** `met`, `not met`, or that nothing is known. */
export const verdictWords = ({ isMet }: Pick<Criterion, 'isMet'>): string =>
  isMet === null ? 'not known' : isMet ? 'met' : 'not met';

/** The span from the first year of diagnosis to the last, whatever period other pages look at; `otherwise` without any. */
export const diagnosisSpan = (catalogue: Catalogue, otherwise: Span): Span => {
  const years = (catalogue.dimensions.find(({ id }) => id === 'diagnosis_year')?.values ?? [])
    .map(({ value }) => Number(value))
    .filter((year) => Number.isInteger(year) && year > 0);
  if (years.length === 0) return otherwise;
  const [first, last] = [Math.min(...years), Math.max(...years)];
  return { from: `${first}-01-01`, to: `${last + 1}-01-01`, through: `${last}-12-31`, isEndChosen: true };
};

/** What each basis is called, in the order shown, and the key of himsight.yaml that gives it. */
export const bases: readonly { readonly basis: string; readonly label: string; readonly key: string }[] = [
  { basis: 'naaccr_version', label: 'NAACCR version of the abstracts', key: '' },
  { basis: 'site_recode', label: 'Site recode', key: 'code_tables.site_recode_2023' },
  { basis: 'standard_population', label: 'Standard population', key: 'code_tables.standard_population' },
  { basis: 'population', label: 'Population at risk', key: 'code_tables.population' },
  { basis: 'life_table', label: 'Life table', key: 'code_tables.life_table' },
  { basis: 'expected_cases', label: 'Expected cases', key: 'registry.expected_cases' },
  { basis: 'cutoff', label: 'Last day of follow-up', key: 'metric_settings.survival_cutoff_year' },
];

/** `1990–2014`; an en dash where the table has no years. */
export const yearsWords = ({ firstYear, lastYear }: Pick<BasisRow, 'firstYear' | 'lastYear'>): string =>
  firstYear === null || lastYear === null
    ? unknown
    : firstYear === lastYear
      ? `${firstYear}`
      : `${firstYear}–${lastYear}`;
