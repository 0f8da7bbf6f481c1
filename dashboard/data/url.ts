import { misreadExplore, readExplore } from './explore-address.ts';
import { defaultPeriod, periodHint, periodText, readPeriod, type Period } from './period.ts';
import {
  choiceKeys,
  misreadChoice,
  readChoice,
  usualChoice,
  writeChoice,
  type RegistryChoice,
} from './registry-choice.ts';
import { readCaseSpan, type CaseSpan } from './case-span.ts';

export const pages = [
  'scorecard',
  'coding',
  'quality',
  'completion',
  'unbilled',
  'cdi',
  'denials',
  'operations',
  'registry',
  'explore',
  'submissions',
  'data-quality',
  'runs',
  'alerts',
  'reports',
  'workbench',
  'kpi',
  'missing',
] as const;
export type Page = (typeof pages)[number];

export const grains = ['week', 'month', 'quarter', 'year'] as const;
export type Grain = (typeof grains)[number];

export const comparisons = ['year', 'previous', 'none'] as const;
export type Comparison = (typeof comparisons)[number];

/** Rule sets of control charts, by the ids of `warehouse/statistics`. */
export const ruleSets = ['making-data-count', 'anhoej', 'western-electric'] as const;
export type Rules = (typeof ruleSets)[number];

/** How long a stretch a bridge spans, from the stock at its start to the stock at its end. */
export const bridges = ['day', 'week', 'month'] as const;
export type Bridge = (typeof bridges)[number];

/** All that the address bar holds: what is looked at, never what came back. */
export interface Address {
  readonly page: Page;
  /** The metric of a KPI page, the run of a runs page, the check of a data quality page, the profile of a submission, the path of a missing one; else null. */
  readonly subject: string | null;
  readonly period: Period;
  readonly grain: Grain;
  readonly compare: Comparison;
  /** Dimension id → the values kept. Several values of one dimension are alternatives. An empty list is no filter. */
  readonly where: Readonly<Record<string, readonly string[]>>;
  /** The variant on show where a page offers several (a metric id, a status of checks); null for the page's own first. */
  readonly show: string | null;
  /** The dimension a breakdown is drawn by; null for the page's own first. */
  readonly by: string | null;
  /** The rule set a control chart is judged by; null draws the plain trend. */
  readonly rules: Rules | null;
  /** Whether a page shows all of its indicators, not only those it leads with. */
  readonly all: boolean;
  readonly bridge: Bridge;
  /** The indicators of the scorecard in their order, by ids; null for the reader's own choice, or the usual. */
  readonly kpis: readonly string[] | null;
  /** The addresses of the pages that a new report begins with; none mostly. */
  readonly reported: readonly string[];
  /** What rates and survival of a registry are asked for. */
  readonly registry: RegistryChoice;
  /** Whose cases a submission would send; null for what its profile begins with. */
  readonly cases: CaseSpan | null;
}

export const home: Address = {
  page: 'scorecard',
  subject: null,
  period: defaultPeriod,
  grain: 'month',
  compare: 'year',
  where: {},
  show: null,
  by: null,
  rules: null,
  all: false,
  bridge: 'day',
  cases: null,
  kpis: null,
  reported: [],
  registry: usualChoice,
};

/** Keys with a meaning of their own; every other key of the query is a dimension. */
const reserved = new Set<string>([
  ...['period', 'grain', 'compare', 'show', 'by', 'rules', 'all', 'bridge', 'cases', 'kpi', 'report', 'sql'],
  ...choiceKeys,
]);

const oneOf = <T extends string>(allowed: readonly T[], text: string | null, otherwise: T): T =>
  allowed.find((one) => one === text) ?? otherwise;

const pathOf = ({ page, subject }: Address): string => {
  if (page === 'missing') return subject ?? '/';
  const name = page === 'scorecard' ? '/' : `/${page}`;
  return subject === null ? name : `${name}/${encodeURIComponent(subject)}`;
};

/** The address as path and query; only what differs from the default is written, dimensions in the order of their ids. */
export const writeAddress = (address: Address): string => {
  const query = new URLSearchParams();
  const put = (key: string, value: string | null, usual: string | null) => {
    if (value !== null && value !== usual) query.append(key, value);
  };
  put('period', periodText(address.period), periodText(defaultPeriod));
  put('grain', address.grain, home.grain);
  put('compare', address.compare, home.compare);
  put('show', address.show, null);
  put('by', address.by, null);
  put('rules', address.rules, null);
  put('all', address.all ? 'yes' : null, null);
  put('bridge', address.bridge, home.bridge);
  for (const [key, value] of writeChoice(address.registry)) put(key, value, null);
  for (const id of address.kpis ?? []) query.append('kpi', id);
  for (const page of address.reported) query.append('report', page);
  put('cases', address.cases === null ? null : `${address.cases.from}..${address.cases.to}`, null);
  for (const [dimension, values] of Object.entries(address.where).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    for (const value of values) query.append(dimension, value);
  }
  const text = query.toString();
  return pathOf(address) + (text === '' ? '' : `?${text}`);
};

/** The page of one metric, with the filters, the period and the comparison of where one comes from. */
export const kpiAddress = ({ period, where, compare }: Address, metric: string): string =>
  writeAddress({ ...home, page: 'kpi', subject: metric, period, where, compare });

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const readPath = (path: string): Pick<Address, 'page' | 'subject'> => {
  const [name = '', subject, ...rest] = path.replace(/^\/|\/$/g, '').split('/');
  const page = pages.find((one) => one === (name === '' ? 'scorecard' : name));
  const hasSubject = page === 'kpi' || page === 'runs' || page === 'data-quality' || page === 'submissions';
  const wrong = page === undefined || page === 'missing' || rest.length > 0;
  if (wrong || (subject !== undefined && !hasSubject) || (page === 'kpi' && subject === undefined)) {
    return { page: 'missing', subject: path };
  }
  return { page, subject: subject === undefined ? null : decoded(subject) };
};

/** The opposite of {@link writeAddress}. What cannot be read falls back to its default; see {@link misread}. */
export const readAddress = (path: string, search: string): Address => {
  const query = new URLSearchParams(search);
  const dimensions = [...new Set(query.keys())].filter((key) => !reserved.has(key));
  const place = readPath(path);
  // Explore reads its address by itself; the period and the filters are what goes along to other pages.
  if (place.page === 'explore') {
    const { period, where } = readExplore(search);
    return { ...home, ...place, period, where };
  }
  return {
    ...place,
    period: readPeriod(query.get('period')) ?? defaultPeriod,
    grain: oneOf(grains, query.get('grain'), home.grain),
    compare: oneOf(comparisons, query.get('compare'), home.compare),
    where: Object.fromEntries(dimensions.map((key) => [key, [...new Set(query.getAll(key))]])),
    show: query.get('show'),
    by: query.get('by'),
    rules: ruleSets.find((one) => one === query.get('rules')) ?? null,
    all: query.get('all') === 'yes',
    bridge: oneOf(bridges, query.get('bridge'), home.bridge),
    registry: readChoice(query),
    cases: readCaseSpan(query.get('cases')),
    reported: query.getAll('report'),
    kpis: query.has('kpi') ? [...new Set(query.getAll('kpi'))] : null,
  };
};

/** One sentence for each part of the query that was not understood and so was not followed. */
export const misread = (search: string, path = '/'): readonly string[] => {
  if (readPath(path).page === 'explore') return misreadExplore(search);
  const query = new URLSearchParams(search);
  const wrong: string[] = [];
  const check = (key: string, good: boolean, would: string) => {
    if (query.has(key) && !good)
      wrong.push(`The address asks for ${key === 'cases' ? key : `a ${key}`} that cannot be read; ${would}.`);
  };
  const has = (list: readonly string[], key: string) => list.includes(query.get(key) ?? '');
  check('period', readPeriod(query.get('period')) !== null, periodHint);
  check('grain', has(grains, 'grain'), `right would be ${grains.join(', ')}`);
  check('rules', has(ruleSets, 'rules'), `right would be ${ruleSets.join(', ')}`);
  check('all', query.get('all') === 'yes', 'right would be yes');
  check('bridge', has(bridges, 'bridge'), `right would be ${bridges.join(', ')}`);
  check('cases', readCaseSpan(query.get('cases')) !== null, 'right would be 2004..2023 or 2023-01..2023-06');
  check('compare', has(comparisons, 'compare'), `right would be ${comparisons.join(', ')}`);
  for (const [key, would] of misreadChoice(query)) check(key, false, `right would be ${would}`);
  return wrong;
};
