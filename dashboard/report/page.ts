import { scopeOf } from '../data/scope.ts';
import { areasOf, chosenOf } from '../data/scorecard-choice.ts';
import { leadsFor } from './built-in.ts';
import { metricsOf, leadsOf, subjectPages, type SubjectName } from '../data/subject.ts';
import { misread, readAddress, type Page } from '../data/url.ts';
import { UserError } from '../../warehouse/error.ts';
import type { Desk } from './desk.ts';
import { explorePage } from './explore-page.ts';
import { facilityPage } from './facility-page.ts';
import { indicatorPage } from './indicator-page.ts';
import { kpiPage } from './kpi-page.ts';
import { PageError, refuse } from './page-error.ts';
import { registryPage } from './registry-page.ts';
import type { ReportPage } from './report.ts';

/** Pages of a subject that lead with charts on the screen; in a report, the table of their indicators. */
const tables: Readonly<Partial<Record<Page, string>>> = {
  coding: 'Coding accuracy',
  completion: 'Record completion',
};

const isSubject = (page: Page): page is SubjectName => page in subjectPages;

/** The pages of the screen that a report can print. */
export const printable = [
  '/',
  '/kpi/<metric>',
  '/explore?…',
  ...Object.keys({ ...tables, ...subjectPages }).map((page) => `/${page}`),
  '/registry',
];

/** Path and query of an address, whether or not it still has the server before it. */
const placeOf = (address: string): { readonly pathname: string; readonly search: string } => {
  const isWhole = /^https?:\/\//i.test(address);
  if (!isWhole && !address.startsWith('/'))
    throw new PageError(['It is no address.'], `Copy one from the page; it begins with / (${printable.join(', ')}).`);
  if (!URL.canParse(address, 'http://himsight')) throw new PageError(['It is no address.']);
  return new URL(address, 'http://himsight');
};

const drawn = async (desk: Desk, written: string): Promise<ReportPage> => {
  const { pathname, search } = placeOf(written);
  refuse(misread(search, pathname));
  const address = readAddress(pathname, search);
  const { page } = address;
  const path = pathname + search;
  if (page === 'explore') return explorePage(desk, path, search);
  const { catalogue } = desk;
  const scope = scopeOf(address, desk.release, catalogue);
  const name = tables[page];
  if (page !== 'scorecard' && page !== 'kpi' && page !== 'registry' && name === undefined && !isSubject(page))
    throw new PageError(['That page cannot be printed by a report.'], `These can: ${printable.join(', ')}.`);
  refuse(scope.problems);
  if (page === 'registry') return registryPage(desk, { path, address, scope });
  if (page === 'kpi') return kpiPage(desk, path, address, scope);
  const shared = { path, address, scope };
  if (page === 'scorecard') {
    const chosen = chosenOf(catalogue, address.kpis);
    refuse([
      ...chosen.problems,
      ...(address.by === null || address.by === 'facility'
        ? []
        : ['The scorecard is split by no dimension but facility.']),
    ]);
    const metrics = areasOf(chosen.metrics).flatMap(([, own]) => own);
    const asked = { ...shared, lede: '', metrics };
    return address.by === null
      ? indicatorPage(desk, { ...asked, title: 'Scorecard' })
      : facilityPage(desk, { ...asked, title: 'Scorecard by facility' });
  }
  if (isSubject(page)) {
    const { title, lede } = subjectPages[page];
    const all = metricsOf(catalogue, page);
    return indicatorPage(desk, {
      ...shared,
      title,
      lede,
      metrics: address.all ? all : leadsOf(all, subjectPages[page]),
    });
  }
  const all = catalogue.metrics.filter((metric) => metric.page === page && metric.grains.includes('month'));
  const metrics = address.all ? all : leadsFor(all, page);
  return indicatorPage(desk, { ...shared, title: name ?? '', lede: '', metrics });
};

/**
 * What the screen shows at an address, as a page of a report.
 *
 * @param number of the page, from 1, for the sentence of what goes wrong
 * @throws UserError where the address cannot be followed to its last part, or there is nothing to show
 */
export const pageAt = async (desk: Desk, address: string, number: number): Promise<ReportPage> => {
  try {
    return await drawn(desk, address);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(`Page ${number} of the report cannot be drawn. ${error.message}`, {
      ...(error.mend === null ? {} : { mend: error.mend }),
      ...{ exitCode: error.exitCode, cause: error },
    });
  }
};
