import { completeDay } from '../data/period.ts';
import { findMetric } from '../data/catalogue.ts';
import { trustOf } from '../data/trust.ts';
import type { ReportPlan } from './built-in.ts';
import { brokenChecks } from './definition.ts';
import type { Desk } from './desk.ts';
import { pageAt } from './page.ts';
import type { About, AboutMetric, Report } from './report.ts';

const aboutMetric = (desk: Desk, ids: readonly string[]): readonly AboutMetric[] => {
  const trust = trustOf(desk.checks);
  return ids
    .flatMap((id) => findMetric(desk.catalogue, id) ?? [])
    .map((metric) => {
      const { version, completeThrough } = desk.standsOn(metric.id);
      return {
        ...{ id: metric.id, code: metric.code, label: metric.label, version, completeThrough },
        definition: metric.definition.replaceAll('`', ''),
        checks: trust.get(metric.id)?.run ?? 0,
        broken: brokenChecks(desk.checks, metric.id),
      };
    });
};

/** What all numbers of a report stand on. */
const aboutOf = (desk: Desk, metrics: readonly string[]): About => {
  const { release, builtAt, asOf, tellsAsOf, privacy } = desk.release;
  return {
    ...{ release, builtAt, privacy, completeThrough: completeDay(desk.release) },
    asOf: tellsAsOf ? asOf : null,
    metrics: aboutMetric(desk, metrics),
  };
};

/**
 * Asks all pages of a plan of one release.
 *
 * @param between called after each page: lets others have their turn, or throws to give up
 * @throws UserError naming the page that cannot be drawn: then none is
 */
export const drawReport = async (
  desk: Desk,
  plan: ReportPlan,
  between: () => Promise<void> = async () => {},
): Promise<Report> => {
  const pages = [];
  for (const [at, address] of plan.pages.entries()) {
    pages.push(await pageAt(desk, address, at + 1));
    await between();
  }
  const metrics = [...new Set(pages.flatMap((page) => page.metrics))];
  return { name: plan.name, title: plan.title, pages, about: aboutOf(desk, metrics) };
};
