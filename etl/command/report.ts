import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import { builtIn, builtInNames, type ReportPlan } from '../../dashboard/report/built-in.ts';
import type { Desk } from '../../dashboard/report/desk.ts';
import { drawReport } from '../../dashboard/report/draw-report.ts';
import { withFilters } from '../../dashboard/report/filtered.ts';
import { papers, type PaperSize } from '../../dashboard/report/pdf/paper.ts';
import { writeReport } from '../../dashboard/report/write-report.ts';
import { standing } from '../../dashboard/store/kept.ts';
import { reportFormats, type ReportFormat, type ReportPlan as PlanOfStore } from '../../dashboard/store/report-plan.ts';
import { openStore, type Store } from '../../dashboard/store/store.ts';
import { renameDurably } from '../../warehouse/durable-file.ts';
import { UserError } from '../../warehouse/error.ts';
import { nearest } from '../../warehouse/metric/nearest.ts';
import { listTable } from '../print/list-table.ts';
import { printTable } from '../print/print-table.ts';
import { lastDeliveries, readDeliveryLines } from '../report/delivery-ledger.ts';
import { deskOf } from '../report/desk-of.ts';
import { nextReport } from '../report/report-due.ts';
import { ledgerFolder, storeFolder } from '../workspace/folders.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { onCurrentRelease, workspaceOf, type ExitCode, type Invocation } from './invocation.ts';

/** The options of `himsight report`, as commander hands them over. */
export interface ReportOptions {
  readonly out?: string;
  readonly page?: readonly string[];
  readonly paper?: string;
  /** `--format` as typed; `table` where it was not. */
  readonly format: string;
}

/** A report, its filters and the form it is kept in; null: as the ending of the file says. */
interface Wanted extends ReportPlan {
  readonly format: ReportFormat | null;
}

/**
 * `himsight report NAME --out FILE`: a report as the schedule would send it, whole or not at all; `--page ADDRESS` draws what
 * the screen shows there; without a name and pages, the reports there are.
 */
export const reportCommand = async (
  invocation: Invocation,
  name: string | undefined,
  options: ReportOptions,
): Promise<ExitCode> => {
  const workspace = workspaceOf(invocation);
  const store = openStore(storeFolder(workspace));
  if (name === undefined && (options.page ?? []).length === 0) return listReports(invocation, workspace, store);
  const paper = paperOf(options.paper);
  const file = outOf(invocation, options.out);
  const asked = formatOf(options, file);
  const { output } = invocation;
  return onCurrentRelease(workspace, async (reader, catalogue) => {
    const desk = await deskOf(workspace, store, { reader, catalogue });
    const wanted = wantedOf(desk, store, name, options.page ?? []);
    const format = asked ?? wanted.format ?? 'pdf';
    const report = await drawReport(desk, wanted);
    const bytes = await writeReport(report, format, paper);
    writeWhole(file, bytes);
    const pages = report.pages.length === 1 ? '1 page' : `${report.pages.length} pages`;
    output.say(`${report.title}: ${pages} of release ${report.about.release}, written to ${options.out ?? ''}.`);
    return 0;
  });
};

const listReports = (invocation: Invocation, workspace: Workspace, store: Store): Promise<ExitCode> =>
  onCurrentRelease(workspace, async (reader, catalogue) => {
    const desk = await deskOf(workspace, store, { reader, catalogue });
    const lines = readDeliveryLines(ledgerFolder(workspace));
    const now = new Date();
    const last = lastDeliveries(lines, now);
    const planned = (plan: PlanOfStore) => ({
      ...{ kept_by: plan.author, schedule: plan.schedule, timezone: plan.timezone ?? 'UTC' },
      next: nextReport(plan, lines, now)?.toISOString() ?? null,
      ...{ last_due: last.get(plan.id)?.due ?? null, outcome: last.get(plan.id)?.state ?? null },
      says: last.get(plan.id)?.says ?? '',
    });
    const unplanned = {
      kept_by: null,
      schedule: null,
      timezone: null,
      next: null,
      last_due: null,
      outcome: null,
      says: '',
    };
    const rows = [
      ...builtInNames.flatMap((name) => builtIn(desk.catalogue, name) ?? []).map((plan) => ({ plan, more: unplanned })),
      ...standing(store.reports.read()).map((plan) => ({ plan, more: planned(plan) })),
    ].map(({ plan: { name, title, pages }, more }) => ({ name, title, pages: pages.length, ...more }));
    const columns = ['name', 'title', 'pages', ...Object.keys(unplanned)];
    const table = listTable(columns, rows);
    const { release } = desk.release;
    await printTable(invocation.output, { table, about: { release }, json: { release, reports: rows } });
    return 0;
  });

/** The report of that name, or the pages named. @throws UserError naming the reports there are */
export const wantedOf = (desk: Desk, store: Store, name: string | undefined, pages: readonly string[]): Wanted => {
  if (name === undefined) return { name: 'pages', title: 'Himsight report', pages, format: null };
  const plan = standing(store.reports.read()).find((one) => one.name === name);
  const found = builtIn(desk.catalogue, name);
  if (plan === undefined && found === null) {
    const names = [...builtInNames, ...standing(store.reports.read()).map((one) => one.name)];
    const near = nearest(name, names);
    const meant = near.startsWith('Did') ? `${near} ` : '';
    throw new UserError('There is no report of that name.', {
      mend: `${meant}There are ${names.join(', ')}; \`--page ADDRESS\` prints any page.`,
    });
  }
  const { title, pages: own } = plan ?? found!;
  const where = plan?.where ?? {};
  const all = [...own.map((page) => withFilters(page, where)), ...pages];
  return { name, title, pages: all, format: plan?.format ?? null };
};

const paperOf = (text: string | undefined): PaperSize => {
  const paper = papers.find((one) => one === (text ?? 'letter'));
  if (paper === undefined) throw new UserError(`\`--paper\`: right would be ${papers.join(' or ')}.`);
  return paper;
};

/** Where the file goes. @throws UserError before anything is asked, where nothing could be written there */
const outOf = ({ cwd }: Invocation, out: string | undefined): string => {
  if (out === undefined) throw new UserError('`--out FILE` is missing: a report is written to a file.');
  const file = resolve(cwd, out);
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true)
    throw new UserError('`--out` names a folder; name the file to write in it.');
  if (!existsSync(dirname(file)))
    throw new UserError('The folder of `--out` is not there.', { mend: 'Make it first.' });
  return file;
};

/** The form asked for, or that of the file's ending; null where neither says. @throws UserError where they differ */
const formatOf = ({ format: typed }: ReportOptions, file: string): ReportFormat | null => {
  const format = reportFormats.find((one) => one === typed) ?? null;
  if (format === null && typed !== 'table')
    throw new UserError(`\`--format ${typed}\`: a report comes as ${reportFormats.join(', ')}.`);
  const ending = reportFormats.find((one) => `.${one}` === extname(file).toLowerCase()) ?? null;
  if (format !== null && ending !== null && format !== ending)
    throw new UserError(`\`--format ${format}\` and the ending of \`--out\` say different things.`);
  return format ?? ending;
};

/** Writes beside the file and renames: there is the old one or the whole new one. @throws UserError where it cannot be written */
const writeWhole = (file: string, bytes: Uint8Array): void => {
  const beside = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(beside, bytes);
    renameDurably(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new UserError(`The report cannot be written to \`--out\` (${code}).`, { exitCode: 2, cause: error });
  }
};
