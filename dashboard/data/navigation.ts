import { home, writeAddress, type Address, type Page } from './url.ts';

/** A page that can be gone to from anywhere. */
export interface PageLink {
  readonly page: Page;
  /** As the row of pages names it. */
  readonly label: string;
  /** What it answers, in a few words. */
  readonly help: string;
}

/** Pages that belong together. One of a single page is a link, of several a menu. */
export interface PageGroup {
  readonly label: string;
  readonly pages: readonly PageLink[];
}

/** Every page that needs no subject, in the order of the row under the name. */
export const pageGroups: readonly PageGroup[] = [
  {
    label: 'Scorecard',
    pages: [{ page: 'scorecard', label: 'Scorecard', help: 'Every key indicator against its target' }],
  },
  {
    label: 'Coding',
    pages: [
      { page: 'coding', label: 'Coding accuracy', help: 'What audits found, by coder and service' },
      { page: 'quality', label: 'Coding quality', help: 'Validity, POA, edits and case mix, without an audit' },
    ],
  },
  {
    label: 'Records',
    pages: [
      { page: 'completion', label: 'Completion', help: 'Delinquent and incomplete records, and whose they are' },
      { page: 'operations', label: 'Operations', help: 'Release of information, patient index, coders’ work' },
    ],
  },
  {
    label: 'Revenue',
    pages: [
      { page: 'unbilled', label: 'Unbilled', help: 'DNFB: aging, owner, reason, top accounts' },
      { page: 'denials', label: 'Denials', help: 'What payers refused, and what was won back' },
      { page: 'cdi', label: 'CDI', help: 'Reviews and queries, and what came of them' },
    ],
  },
  {
    label: 'Registry',
    pages: [
      { page: 'registry', label: 'Registry', help: 'Cases, timeliness, follow-up, survival' },
      { page: 'submissions', label: 'Submissions', help: 'Packages, their edits and failing cases' },
    ],
  },
  {
    label: 'Explore',
    pages: [
      { page: 'explore', label: 'Explore', help: 'Any metric by anything it is kept by' },
      { page: 'workbench', label: 'Workbench', help: 'Read-only SQL on the release' },
    ],
  },
  {
    label: 'Data',
    pages: [
      { page: 'data-quality', label: 'Data quality', help: 'Checks by facility and month' },
      { page: 'runs', label: 'Runs', help: 'What arrived, what was held back, releases' },
      { page: 'alerts', label: 'Alerts', help: 'What somebody wants to be told of, and what fires' },
      { page: 'reports', label: 'Reports', help: 'What is drawn, sent, when and to whom' },
    ],
  },
];

/** The group a page is in; null for a page that stands in none, such as that of one indicator. */
export const groupOf = (page: Page): PageGroup | null =>
  pageGroups.find(({ pages }) => pages.some((one) => one.page === page)) ?? null;

/** The filters go along from page to page; what only one page understands stays behind. */
export const pageAddress = ({ period, where }: Address, page: Page): string =>
  writeAddress({ ...home, page, period, where });
