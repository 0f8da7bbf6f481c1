import type { Catalogue, Metric } from './catalogue.ts';
import type { Page } from './url.ts';

/** A page that is made of its metrics alone: a table of them, one of them drawn, and the lists a desk works off. */
export interface SubjectPage {
  readonly title: string;
  /** What the page answers, a sentence or two. */
  readonly lede: string;
  /** Metrics drawn first, the best first. */
  readonly leads: readonly string[];
  /** What the drawn metric is split by, the best first. */
  readonly splits: readonly string[];
}

export type SubjectName = Extract<Page, 'quality' | 'unbilled' | 'cdi' | 'denials' | 'operations'>;

export const subjectPages: Readonly<Record<SubjectName, SubjectPage>> = {
  quality: {
    title: 'Coding quality',
    lede: 'What coded records say of themselves, without an audit: validity on the day of discharge, present on admission, Medicare edits, case mix and capture.',
    leads: ['invalid_codes', 'cmi', 'mce_edit_records'],
    splits: ['facility', 'coder', 'service', 'mce_edit', 'payer'],
  },
  unbilled: {
    title: 'Unbilled',
    lede: 'Discharged, not final billed: in days of revenue, in dollars and in accounts, as it stood on each day, and who has to act.',
    leads: ['dnfb_days', 'dnfb_dollars', 'dnfc_count'],
    splits: ['owner', 'reason', 'facility', 'service', 'payer'],
  },
  cdi: {
    title: 'Documentation integrity',
    lede: 'Reviews and queries read together: how many are asked, answered and agreed to, and what came of it.',
    leads: ['query_rate', 'query_response_rate', 'cdi_review_rate'],
    splits: ['facility', 'service', 'provider', 'timing'],
  },
  denials: {
    title: 'Denials',
    lede: 'What payers refused, why, and what was won back.',
    leads: ['initial_denial_rate', 'denials_overturned'],
    splits: ['denial_category', 'payer', 'facility', 'service'],
  },
  operations: {
    title: 'Operations',
    lede: 'Release of information, the patient index and the work of coders.',
    leads: ['roi_in_30_days', 'duplicate_error_rate', 'coder_productivity'],
    splits: ['requestor_type', 'facility', 'coder', 'system'],
  },
};

/** The metrics of a page, in the order of the catalogue. */
export const metricsOf = (catalogue: Catalogue, page: SubjectName): readonly Metric[] =>
  catalogue.metrics.filter((metric) => metric.page === page);

/** The one drawn: the one asked for, else the first of the page's leads that the catalogue has, else its first. */
export const drawnOf = (metrics: readonly Metric[], { leads }: SubjectPage, asked: string | null): Metric | null =>
  [asked, ...leads].map((id) => metrics.find((metric) => metric.id === id)).find((metric) => metric !== undefined) ??
  metrics[0] ??
  null;

/** What a metric can be split by, the page's own order first. */
export const splitsOf = (metric: Metric, { splits }: SubjectPage): readonly string[] => [
  ...splits.filter((id) => metric.dimensions.includes(id)),
  ...metric.dimensions.filter((id) => !splits.includes(id)),
];
