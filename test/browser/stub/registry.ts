import type { Dimension, Metric } from '../../../dashboard/data/catalogue.ts';
import type { RegistryReport } from '../../../dashboard/data/registry.ts';
import type { Criterion } from '../../../warehouse/query/registry/criteria.ts';
import type { Worklist } from '../../../dashboard/data/worklist.ts';
import type { Shape } from './subject.ts';

type Told = Pick<Metric, 'id' | 'code' | 'label' | 'help'> & Partial<Metric>;

const hospital = { subject: 'Registry', page: 'registry', order: 40, unit: 'count', better: 'lower' } as const;
const central = { subject: 'Central registry', page: 'central-registry', order: 45 } as const;
const share = {
  ...central,
  dimensions: ['facility', 'diagnosis_year'],
  grains: ['month', 'quarter', 'year'],
  method: 'Share of cases by date of diagnosis; Wilson 95 % interval',
} as const;

/** What a registrar's desk is counted by, and the cases of a population with their quality. */
export const registryMetrics: readonly Told[] = [
  {
    ...{ ...hospital, id: 'abstracting_backlog', code: 'OC1', label: 'Abstracting backlog', take: 'last' },
    ...{ help: 'Accessioned, not completed', dimensions: ['facility', 'site', 'class_of_case', 'case_age'] },
  },
  {
    ...{ ...hospital, id: 'follow_up_due', code: 'FD1', label: 'Follow-up due', help: 'A year since last contact' },
    dimensions: ['facility', 'site', 'class_of_case', 'follow_up_state'],
  },
  {
    ...{ ...hospital, id: 'casefinding_net_patients', code: 'CF1p', label: 'Casefinding net, patients' },
    ...{ help: 'Reportable codes, no abstract', dimensions: ['facility', 'code_group'] },
  },
  {
    ...{ ...hospital, id: 'first_course_cases', code: 'TX1', label: 'Cases by treatment', better: 'neither' },
    ...{ help: 'As given', dimensions: ['facility', 'site', 'treatment', 'analytic'] },
  },
  {
    ...{ ...central, id: 'cancer_cases', code: 'REG3', label: 'Cancer cases', help: 'By site recode', unit: 'count' },
    ...{ better: 'neither', grains: ['month', 'quarter', 'year'] },
    dimensions: ['facility', 'diagnosis_year', 'site_recode_2023', 'sex', 'stage'],
  },
  {
    ...{ ...share, id: 'death_certificate_only_share', code: 'REG4', label: 'Death certificate only', better: 'lower' },
    help: 'No other source than the certificate',
    target: { value: 0.03, label: 'NPCR 3 %', citation: null, direction: 'at_most' },
  },
  {
    ...{ ...share, id: 'microscopically_confirmed', code: 'REG5', label: 'Microscopically confirmed' },
    ...{ help: 'Confirmation 1 to 4', better: 'neither' },
  },
];

const dimension = (id: string, label: string, names: Readonly<Record<string, string>>): Dimension => ({
  ...{ id, label },
  values: Object.entries(names).map(([value, name]) => ({ value, label: name })),
});

export const registryDimensions: readonly Dimension[] = [
  dimension('case_age', 'Months since first contact', {
    ...{ '0-3': 'Up to 3 months', '3-6': '3 to 6 months', '6-12': '6 to 12 months', '12+': 'Over a year' },
  }),
  dimension('follow_up_state', 'Follow-up', {
    ...{ due: 'Due, 12 to 15 months', delinquent: 'Delinquent, over 15 months' },
  }),
  dimension('code_group', 'Code group', { breast: 'Malignant neoplasm: Breast', lung: 'Malignant neoplasm: Lung' }),
  dimension('analytic', 'Cases', { analytic: 'Analytic', nonanalytic: 'Not analytic' }),
  dimension('ajcc_stage_group', 'AJCC stage group', { '1': 'Stage I', '4': 'Stage IV', '99': 'Not known' }),
  dimension('treatment', 'First course', {
    ...{ surgery: 'Surgery', surgery_systemic: 'Surgery and systemic', none: 'None given' },
  }),
  dimension('diagnosis_year', 'Year of diagnosis', { '2024': '2024', '2025': '2025' }),
  dimension('site_recode_2023', 'SEER site recode 2023', { '21': 'Breast', '14': 'Lung and bronchus' }),
  dimension('sex', 'Sex', { '1': 'Male', '2': 'Female' }),
];

const count =
  (value: number): Shape =>
  (_m, group) => ({ value: group === '' ? value : value / 4, half: 0, n: 0 });

export const registryShapes: Readonly<Record<string, Shape>> = {
  abstracting_backlog: count(48),
  follow_up_due: count(160),
  casefinding_net_patients: count(8),
  cancer_cases: count(80),
  first_course_cases: count(120),
  death_certificate_only_share: () => ({ value: 0.042, half: 0.011, n: 900 }),
  microscopically_confirmed: () => ({ value: 0.93, half: 0.014, n: 900 }),
};

export const registryWorklists: readonly Worklist[] = [
  {
    id: 'abstracts_to_complete',
    label: 'Abstracts to complete',
    help: 'Accessioned and not completed',
    page: 'registry',
    dimensions: ['facility'],
    columns: [
      { column: 'accession_number', label: 'Accession', kind: 'text', dimension: null },
      { column: 'facility_id', label: 'Facility', kind: 'text', dimension: 'facility' },
    ],
  },
];

const standards = { naaccr_gold: 'NAACCR Gold', uscs: 'U.S. Cancer Statistics' } as const;

const criterion = (
  year: number,
  standard: keyof typeof standards,
  told: Pick<Criterion, 'criterion' | 'threshold' | 'numerator' | 'isMet'>,
): Criterion => ({
  ...{ year, standard, standardLabel: standards[standard], denominator: told.isMet === null ? 0 : 1000 },
  months: null,
  direction: standard === 'uscs' ? 'at_most' : 'below',
  ...told,
});

/** Seven years; in the newest of them too many cases come from a certificate for Gold, not for the statistics. */
const registryWith = (edits: number | null): Omit<RegistryReport, 'release'> => ({
  criteria: [2025, 2024, 2023, 2022, 2021, 2020, 2019].flatMap((year) => [
    criterion(year, 'naaccr_gold', { criterion: 'age_unknown', threshold: 0.02, numerator: 4, isMet: true }),
    criterion(year, 'uscs', { criterion: 'age_unknown', threshold: 0.03, numerator: 4, isMet: true }),
    criterion(year, 'naaccr_gold', { criterion: 'county_unknown', threshold: 0.02, numerator: null, isMet: null }),
    criterion(year, 'naaccr_gold', {
      ...{ criterion: 'death_certificate_only', threshold: 0.03 },
      ...(year === 2025 ? { numerator: 42, isMet: false } : { numerator: 12, isMet: true }),
    }),
    criterion(year, 'naaccr_gold', { criterion: 'duplicates', threshold: 0.001, numerator: 1, isMet: false }),
    {
      ...criterion(year, 'naaccr_gold', { criterion: 'timeliness', threshold: 0.95, numerator: 960, isMet: true }),
      ...{ direction: 'at_least', months: 23 },
    },
    criterion(year, 'uscs', {
      ...{ criterion: 'death_certificate_only', threshold: 0.05, numerator: year === 2025 ? 42 : 12, isMet: true },
    }),
    {
      ...criterion(year, 'uscs', { criterion: 'edits', threshold: 0.97, numerator: edits, isMet: null }),
      ...{ direction: 'at_least', denominator: edits === null ? null : 1000, isMet: edits === null ? null : true },
    },
  ]),
});

export const stubRegistry = registryWith(null);

/** The same once the edits are counted. */
export const stubRegistryEdits = registryWith(980);
