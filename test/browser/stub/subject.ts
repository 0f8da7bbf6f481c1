import type { Dimension, Metric } from '../../../dashboard/data/catalogue.ts';

/** What the stub says of a metric at month `m` (from January 2024) and in a group: '' is all. */
export type Shape = (m: number, group: string) => { readonly value: number; readonly half: number; readonly n: number };

type Told = Pick<Metric, 'id' | 'code' | 'label' | 'help'> & Partial<Metric>;

const unbilled = { subject: 'Unbilled accounts', page: 'unbilled', order: 35, better: 'lower' } as const;
const owned = { ...unbilled, unit: 'dollars', dimensions: ['facility', 'owner', 'reason'], take: 'last' } as const;
const flow = { ...owned, take: null } as const;
const denials = { subject: 'Denials', page: 'denials', order: 60, better: 'lower' } as const;
const journey: Partial<Metric> = {
  ...{ subject: 'DRG journey', page: 'quality', order: 27, unit: 'weight', better: 'neither', kind: 'count' },
  dimensions: ['facility', 'drg_step', 'from_stage'],
} as const;

/** Metrics of the pages that are made of their metrics alone: a few of each, one of which is not known. */
export const subjectMetrics: readonly Told[] = [
  { id: 'cmi', code: 'CQ1', label: 'Case mix index', help: 'Mean relative weight', page: 'quality', unit: 'weight' },
  {
    ...{ id: 'invalid_codes', code: 'CQ8', label: 'Invalid codes', help: 'Not in the code table', page: 'quality' },
    notKnown:
      'No ICD-10 code table is configured. Name the CMS order files under `code_tables.icd10cm` of himsight.yaml.',
  },
  { id: 'header_codes', code: 'CQ8h', label: 'Header codes', help: 'Complete code required', page: 'quality' },
  { ...journey, id: 'drg_step_gain', code: 'DJ1', label: 'DRG weight gained', help: 'From stage to stage' },
  { ...journey, id: 'drg_step_loss', code: 'DJ2', label: 'DRG weight lost', help: 'From stage to stage' },
  { ...journey, id: 'drg_step_records', code: 'DJ5', label: 'DRG steps', help: 'Records', unit: 'count' },
  {
    ...{ ...unbilled, id: 'dnfb_days', code: 'FB1', label: 'DNFB days', unit: 'days', take: 'last', kind: 'ratio' },
    help: 'Discharged, not final billed; in days of average revenue',
    dimensions: ['facility', 'revenue_source'],
    target: { value: 7, label: 'customary 7 days', citation: null, direction: 'at_most' },
  },
  {
    ...{ ...unbilled, id: 'dnfb_dollars', code: 'FB1d', label: 'DNFB dollars', unit: 'dollars', take: 'last' },
    help: 'Gross charges',
  },
  {
    ...{ ...owned, id: 'dnfb_aged_dollars', code: 'FB1g', label: 'DNFB dollars by age', help: 'At month ends' },
    dimensions: ['facility', 'owner', 'reason', 'age_bucket'],
  },
  { ...owned, id: 'dnfb_closing', code: 'FBB7', label: 'DNFB by owner', help: 'Whose turn it is' },
  { ...flow, id: 'dnfb_discharged', code: 'FBB1', label: 'Discharged into DNFB', help: 'Came by discharge' },
  { ...flow, id: 'dnfb_billed', code: 'FBB2', label: 'Billed out of DNFB', help: 'Left with a final bill' },
  {
    ...{ ...owned, id: 'dnfb_forecast', code: 'FBF1', label: 'DNFB forecast', help: 'If billing goes on' },
    ...{ dimensions: ['facility'], grains: ['day'] },
  },
  { id: 'query_rate', code: 'CD2', label: 'Query rate', help: 'Records with a query', page: 'cdi', subject: 'CDI' },
  {
    ...{ ...denials, id: 'initial_denial_rate', code: 'DN1', label: 'Initial denial rate', help: 'Denied ÷ submitted' },
    dimensions: ['facility', 'payer'],
  },
  {
    ...{ ...denials, id: 'initial_denials', code: 'DN7n', label: 'Initial denials', help: 'Received', unit: 'count' },
    dimensions: ['facility', 'payer', 'denial_category'],
  },
  {
    ...{ id: 'roi_in_30_days', code: 'RO1', label: 'Patient access in time', help: '30 days', page: 'operations' },
    ...{ subject: 'Release of information', dimensions: ['facility'] },
  },
];

const dimension = (id: string, label: string, names: Readonly<Record<string, string>>): Dimension => ({
  ...{ id, label },
  values: Object.entries(names).map(([value, name]) => ({ value, label: name })),
});

export const subjectDimensions: readonly Dimension[] = [
  dimension('owner', 'Owner', { HIM: 'HIM', payer: 'Payer', provider: 'Provider' }),
  dimension('reason', 'Reason', { CODING: 'Coding', MISSING_DOCUMENT: 'Missing document' }),
  dimension('age_bucket', 'Days since discharge', {
    '0-3': '0 to 3 days',
    '4-7': '4 to 7 days',
    '91+': 'Over 90 days',
  }),
  dimension('payer', 'Payer', { medicare: 'Medicare', commercial: 'Commercial' }),
  dimension('denial_category', 'Reason of denial', { coding: 'Coding', authorization: 'Authorization' }),
  dimension('from_stage', 'DRG step from', { working: 'Working' }),
  dimension('drg_step', 'DRG step to', { final: 'Final', audited: 'Audited' }),
  dimension('revenue_source', 'Revenue from', { stat: 'Monthly totals' }),
];

const dollars =
  (value: number): Shape =>
  (_m, group) => ({ value: group === '' ? value : value / 4, half: 0, n: 0 });

export const subjectShapes: Readonly<Record<string, Shape>> = {
  cmi: (m) => ({ value: 1.6 + (m % 5) * 0.02, half: 0.1, n: 500 }),
  header_codes: () => ({ value: 0.01, half: 0.004, n: 900 }),
  drg_step_gain: () => ({ value: 41, half: 0, n: 0 }),
  drg_step_loss: () => ({ value: 12, half: 0, n: 0 }),
  drg_step_records: () => ({ value: 230, half: 0, n: 0 }),
  dnfb_days: (m, group) => ({ value: 5.6 + (m > 29 && group !== 'lakeview' ? 4 : 0), half: 0, n: 0 }),
  dnfb_dollars: dollars(1_200_000),
  dnfb_aged_dollars: dollars(1_200_000),
  dnfb_closing: dollars(1_200_000),
  dnfb_discharged: dollars(400_000),
  dnfb_billed: dollars(390_000),
  dnfb_forecast: dollars(900_000),
  query_rate: () => ({ value: 0.22, half: 0.05, n: 180 }),
  initial_denial_rate: () => ({ value: 0.1, half: 0, n: 900 }),
  initial_denials: (_m, group) => ({ value: group === '' ? 90 : 30, half: 0, n: 0 }),
  roi_in_30_days: () => ({ value: 0.97, half: 0.03, n: 60 }),
};
