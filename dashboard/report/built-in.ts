import { findMetric, type Catalogue, type Metric } from '../data/catalogue.ts';
import { leadsOf, metricsOf, subjectPages, type SubjectName } from '../data/subject.ts';

/** A report before anything is asked: its pages by their addresses. */
export interface ReportPlan {
  readonly name: string;
  readonly title: string;
  /** As the address bar holds them. */
  readonly pages: readonly string[];
}

/** More pages of single metrics than this nobody reads at one sitting. */
const mostMetrics = 4;

/** The metrics that a page of charts stands for. */
const chosen: Readonly<Record<string, readonly string[]>> = {
  coding: ['code_accuracy_auditor', 'drg_accuracy', 'error_free_records', 'audit_coverage'],
  completion: ['delinquency_rate', 'complete_in_30_days', 'deficiency_turnaround_p50', 'open_deficiencies'],
};

const titles: Readonly<Record<string, string>> = {
  coding: 'Coding accuracy',
  completion: 'Record completion',
  ...Object.fromEntries(Object.entries(subjectPages).map(([page, { title }]) => [page, title])),
};

/** The names of the reports that need no plan. */
export const builtInNames: readonly string[] = ['scorecard', ...Object.keys(titles), 'registry'];

const isSubject = (name: string): name is SubjectName => name in subjectPages;

/** What the table of a page leads with that has charts on the screen: what is on the scorecard, and what a page stands for. */
export const leadsFor = (metrics: readonly Metric[], page: string): readonly Metric[] => {
  const own = chosen[page] ?? [];
  return metrics.filter(({ id, scorecard }) => scorecard || own.includes(id));
};

/** The metrics of a subject's report, the best first, as far as anything can be known of them. */
const metricsFor = (catalogue: Catalogue, name: string): readonly string[] => {
  const found = isSubject(name)
    ? leadsOf(metricsOf(catalogue, name), subjectPages[name])
    : (chosen[name] ?? []).flatMap((id) => findMetric(catalogue, id) ?? []);
  return found.filter(({ notKnown }) => notKnown === undefined).map(({ id }) => id);
};

/** A built-in report: the scorecard; or the indicators of a subject, then a page for each of its first. Null: no such one. */
export const builtIn = (catalogue: Catalogue, name: string): ReportPlan | null => {
  if (name === 'scorecard') return { name, title: 'HIM scorecard', pages: ['/'] };
  const hasRegistry = catalogue.metrics.some(({ page }) => page === 'registry' || page === 'central-registry');
  if (name === 'registry') return hasRegistry ? { name, title: 'Registry', pages: ['/registry'] } : null;
  const title = titles[name];
  if (title === undefined) return null;
  const metrics = metricsFor(catalogue, name).slice(0, mostMetrics);
  return { name, title, pages: [`/${name}`, ...metrics.map((id) => `/kpi/${id}`)] };
};
