import type { Catalogue, Metric } from './catalogue.ts';
import type { Page } from './url.ts';

/** A page that is made of its metrics alone: a table of them, one of them drawn, and the lists a desk works off. */
export interface SubjectPage {
  readonly title: string;
  /** What the page answers, a sentence or two. */
  readonly lede: string;
  /** Metrics the page opens with, the best first: the rest waits behind “all indicators”. */
  readonly leads: readonly string[];
  /** What the drawn metric is split by, the best first. */
  readonly splits: readonly string[];
  /** A dimension that shares a number out, largest first; absent where a page has none. */
  readonly share?: { readonly metric: string; readonly by: string; readonly title: string };
}

export type SubjectName = Extract<Page, 'quality' | 'unbilled' | 'cdi' | 'denials' | 'operations'>;

export const subjectPages: Readonly<Record<SubjectName, SubjectPage>> = {
  quality: {
    title: 'Coding quality',
    lede: 'What coded records say of themselves, without an audit: validity on the day of discharge, present on admission, Medicare edits, case mix and capture.',
    leads: [
      'cmi',
      'cc_mcc_rate',
      'invalid_codes',
      'unspecified_codes',
      'poa_missing',
      'mce_records_with_edit',
      'dx_per_record',
      'first_pass_records',
    ],
    splits: ['facility', 'coder', 'service', 'mce_edit', 'payer'],
  },
  unbilled: {
    title: 'Unbilled',
    lede: 'Discharged, not final billed: in days of revenue, in dollars and in accounts, as it stood on each day, and who has to act.',
    leads: [
      'dnfb_days',
      'dnfb_dollars',
      'dnfc_days',
      'fbns_days',
      'dnfb_him_share',
      'dnfb_past_hold_accounts',
      'discharge_to_billed_km',
      'held_accounts',
    ],
    splits: ['owner', 'reason', 'facility', 'service', 'payer'],
  },
  cdi: {
    title: 'Documentation integrity',
    lede: 'Reviews and queries read together: how many are asked, answered and agreed to, and what came of it.',
    leads: [
      'cdi_review_rate',
      'query_rate',
      'query_response_rate',
      'query_response_in_policy',
      'query_agreement_responded',
      'query_response_hours_p50',
      'query_impact_rate',
      'cdi_drg_match',
    ],
    splits: ['facility', 'service', 'provider', 'query_timing', 'workflow'],
  },
  denials: {
    title: 'Denials',
    lede: 'What payers refused, why, and what was won back.',
    leads: [
      'initial_denial_rate',
      'initial_denial_dollar_rate',
      'initial_denials',
      'primary_denial_rate',
      'coding_related_denials',
      'denials_overturned',
      'denial_to_resolution_km',
      'denial_write_offs',
    ],
    splits: ['denial_category', 'payer', 'facility', 'service'],
    share: { metric: 'initial_denials', by: 'denial_category', title: 'Why payers refuse' },
  },
  operations: {
    title: 'Operations',
    lede: 'Release of information, the patient index and the work of coders.',
    leads: [
      'roi_in_30_days',
      'roi_in_policy',
      'roi_turnaround_p50',
      'duplicate_error_rate',
      'duplicate_creation_rate',
      'overlays',
      'coder_productivity',
    ],
    splits: ['requestor_type', 'facility', 'coder', 'patient_index'],
  },
};

/** The metrics of a page that have a month, in the order of the catalogue. */
export const metricsOf = (catalogue: Catalogue, page: SubjectName): readonly Metric[] =>
  catalogue.metrics.filter((metric) => metric.page === page && metric.grains.includes('month'));

/** Those a page opens with, the best first; all where it has none of them. */
export const leadsOf = (metrics: readonly Metric[], { leads }: SubjectPage): readonly Metric[] => {
  const found = leads.flatMap((id) => metrics.find((metric) => metric.id === id) ?? []);
  return found.length === 0 ? metrics : found;
};

/** The one drawn: the one asked for, else the first of the page's leads of which anything can be known, else any. */
export const drawnOf = (metrics: readonly Metric[], page: SubjectPage, asked: string | null): Metric | null => {
  const leads = leadsOf(metrics, page);
  return (
    metrics.find((metric) => metric.id === asked) ??
    leads.find((metric) => metric.notKnown === undefined) ??
    leads[0] ??
    null
  );
};

/** What a metric can be split by, the page's own order first. */
export const splitsOf = (metric: Metric, { splits }: SubjectPage): readonly string[] => [
  ...splits.filter((id) => metric.dimensions.includes(id)),
  ...metric.dimensions.filter((id) => !splits.includes(id)),
];
