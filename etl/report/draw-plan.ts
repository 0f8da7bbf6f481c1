import { drawReport } from '../../dashboard/report/draw-report.ts';
import { withFilters } from '../../dashboard/report/filtered.ts';
import { standsOn } from '../../dashboard/report/words.ts';
import { writeReport } from '../../dashboard/report/write-report.ts';
import type { ReportPlan } from '../../dashboard/store/report-plan.ts';
import { openStore } from '../../dashboard/store/store.ts';
import { UserError } from '../../warehouse/error.ts';
import { catalogueOf } from '../../warehouse/metric/catalogue.ts';
import { openReader } from '../../warehouse/open.ts';
import { releaseFile } from '../../warehouse/release-folder.ts';
import { limitsOf, metricFolders, releaseFolder, storeFolder } from '../workspace/folders.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { deskOf } from './desk-of.ts';

/** A report as a file, and what is said of it in the mail that brings it. */
export interface DrawnPlan {
  readonly bytes: Uint8Array;
  readonly pages: number;
  /** Release, when it was built and how far it is complete, in a sentence's words. */
  readonly standsOn: string;
  /** How private the data are, as a sentence. */
  readonly privacy: string;
}

/** Seconds that all queries of a report may take together. */
const mostSeconds = 600;

/** Draws a plan of a release, whole. @throws UserError naming the page that cannot be drawn */
export const drawPlan = async (workspace: Workspace, plan: ReportPlan, release: string): Promise<DrawnPlan> => {
  const signal = AbortSignal.timeout(mostSeconds * 1000);
  const reader = await openReader(releaseFile(releaseFolder(workspace), release), limitsOf(workspace));
  try {
    const catalogue = await catalogueOf(reader, metricFolders(workspace));
    const desk = await deskOf(workspace, openStore(storeFolder(workspace)), { reader, catalogue }, signal);
    const pages = plan.pages.map((page) => withFilters(page, plan.where ?? {}));
    const report = await drawReport(desk, { name: plan.name, title: plan.title, pages });
    const bytes = await writeReport(report, plan.format, 'letter');
    const { about } = report;
    return { bytes, pages: pages.length, standsOn: standsOn(about), privacy: about.privacy };
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new UserError(`Its pages took longer than ${mostSeconds / 60} minutes to be asked.`, { cause: error });
  } finally {
    await reader.close();
  }
};
