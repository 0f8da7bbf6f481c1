import { setImmediate as breathe } from 'node:timers/promises';
import { UserError } from '../../warehouse/error.ts';
import { nearest } from '../../warehouse/metric/nearest.ts';
import { timetable } from '../../warehouse/timetable.ts';
import { builtIn, builtInNames, type ReportPlan as DrawnPlan } from '../report/built-in.ts';
import { openDesk, type Desk } from '../report/desk.ts';
import { drawReport } from '../report/draw-report.ts';
import { withFilters } from '../report/filtered.ts';
import { papers, type PaperSize } from '../report/pdf/paper.ts';
import { writeReport } from '../report/write-report.ts';
import { standing, type Draft } from '../store/kept.ts';
import { reportFormats, type ReportFormat, type ReportPlan } from '../store/report-plan.ts';
import type { ReportStanding } from '../store/report-standing.ts';
import { notServing, problem } from './problem.ts';
import { json, type Prepared, type ServerParts } from './server-parts.ts';
import type { Lease } from './served-release.ts';
import type { slots } from './slots.ts';
import { answerRetire, draftOf, notFromHere } from './store-routes.ts';

/** Seconds that one report may take, its queries and its drawing. */
const mostSeconds = 120;

/** What the routes of reports need: one report is drawn at a time, whoever asks. */
export interface ReportParts extends ServerParts {
  readonly withDrawing: ReturnType<typeof slots>;
}

/**
 * `GET /api/reports`: `{release, isOpen, why, mail, reports, standings, builtIns}`. `reports` as kept, those taken back too;
 * `standings`: when each of the others goes next and how it went last; `mail`: why none can be sent, null where they can.
 */
export const answerReports = async (parts: ServerParts): Promise<Response> => {
  const reports = parts.store.reports.read();
  const last = parts.reports.lastDeliveries();
  const standings = standing(reports).map((plan): ReportStanding => {
    const next = plan.schedule === null ? null : timetable(plan.schedule, plan.timezone ?? 'UTC').nextDue(new Date());
    return { plan: plan.id, next: next?.toISOString() ?? null, last: last.get(plan.id) ?? null };
  });
  const isOpen = parts.loopbackOnly;
  const about = { isOpen, why: isOpen ? null : notFromHere, mail: parts.reports.noMail(), reports, standings };
  const served = await parts.served.use(async ({ reader, ready }) => ({
    release: reader.release,
    builtIns: builtInNames.flatMap((name) => builtIn(ready.catalogueJson, name) ?? []),
  }));
  return json({ ...(served ?? { release: null, builtIns: [] }), ...about });
};

/**
 * `POST /api/reports` {name, title, pages, where, format, schedule, timezone, to, author}: the plan as kept. It is drawn once
 * before it is kept, so that nobody waits on a Monday for what never could be.
 */
export const answerPlan = async (parts: ReportParts, request: Request): Promise<Response> => {
  const draft = (await draftOf(request)) as unknown as Draft<ReportPlan>;
  parts.store.reports.check(draft);
  const drawn = await fileOf(parts, request, () => ({ ...draft, pages: pagesOf(draft) }), draft.format);
  if (drawn === 'late') return tooLate();
  return json(await parts.store.reports.keep(draft));
};

/** `POST /api/reports/:id/retire` {author}: the plan as taken back. */
export const answerRetirePlan = (parts: ServerParts, id: string, request: Request): Promise<Response> =>
  answerRetire(parts, 'reports', id, request);

/**
 * `GET /api/report/NAME.pdf` (`.html`, `.xlsx`, `.csv`; `?paper=`): a report as it would be sent now.
 *
 * @param file the last part of the address, with its ending
 */
export const answerNamedReport = (parts: ReportParts, file: string, request: Request): Promise<Response> => {
  const dot = file.lastIndexOf('.');
  const [name, format] = [file.slice(0, dot), formatOf(file.slice(dot + 1))];
  const plan = (catalogue: Desk['catalogue']): DrawnPlan => {
    const plans = standing(parts.store.reports.read());
    const kept = plans.find((one) => one.name === name);
    const found = kept === undefined ? builtIn(catalogue, name) : { ...kept, pages: pagesOf(kept) };
    if (found !== null) return found;
    const names = [...builtInNames, ...plans.map((one) => one.name)];
    throw new UserError('There is no report of that name.', { mend: nearest(name, names) });
  };
  return answerFile(parts, request, plan, format);
};

/** `GET /api/report.pdf?page=ADDRESS` (`page` repeated; `title`, `paper`): the pages named, as one report. */
export const answerPages = (parts: ReportParts, ending: string, request: Request): Promise<Response> => {
  const { searchParams } = new URL(request.url);
  const pages = searchParams.getAll('page');
  if (pages.length === 0 || pages.length > 40)
    throw new UserError('`page`: name 1 to 40 pages by their addresses, as /kpi/encounters.');
  const title = searchParams.get('title') ?? 'Himsight report';
  return answerFile(parts, request, () => ({ name: 'himsight-report', title, pages }), formatOf(ending));
};

const pagesOf = ({ pages, where = {} }: Pick<ReportPlan, 'pages' | 'where'>): readonly string[] =>
  pages.map((page) => withFilters(page, where));

const formatOf = (ending: string): ReportFormat => reportFormats.find((one) => one === ending) ?? 'pdf';

const paperOf = (request: Request): PaperSize => {
  const asked = new URL(request.url).searchParams.get('paper') ?? 'letter';
  const paper = papers.find((one) => one === asked);
  if (paper === undefined) throw new UserError(`\`paper\`: right would be ${papers.join(' or ')}.`);
  return paper;
};

const contentTypes: Readonly<Record<ReportFormat, string>> = {
  pdf: 'application/pdf',
  html: 'text/html; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
};

type PlanIn = (catalogue: Desk['catalogue']) => DrawnPlan;

const tooLate = (): Response =>
  problem(503, {
    title: 'It took too long',
    detail: `The report was not drawn within ${mostSeconds / 60} minutes; take fewer pages or a shorter period.`,
  });

interface ReportFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly name: string;
}

const answerFile = async (
  parts: ReportParts,
  request: Request,
  plan: PlanIn,
  format: ReportFormat,
): Promise<Response> => {
  const made = await fileOf(parts, request, plan, format);
  if (made === null) return notServing();
  if (made === 'late') return tooLate();
  return new Response(made.bytes, {
    headers: {
      'content-type': contentTypes[format],
      'cache-control': 'no-store',
      'content-disposition': `attachment; filename="${made.name}.${format}"`,
    },
  });
};

/** A report as a file; null before the first release; `late` where it took too long. @throws UserError naming the page that cannot be drawn */
const fileOf = async (
  parts: ReportParts,
  request: Request,
  planIn: PlanIn,
  format: ReportFormat,
): Promise<ReportFile | 'late' | null> => {
  const paper = paperOf(request);
  return parts.withDrawing(async () => {
    request.signal.throwIfAborted();
    const late = AbortSignal.timeout(mostSeconds * 1000);
    const signal = AbortSignal.any([request.signal, late]);
    try {
      return await parts.served.use(async (lease) => {
        const desk = await deskOn(parts, lease, signal);
        const report = await drawReport(desk, planIn(desk.catalogue), () => breathed(signal));
        const bytes = await writeReport(report, format, paper);
        return { bytes, name: `${report.name}-${lease.reader.release}` };
      });
    } catch (error) {
      if (late.aborted) return 'late';
      throw error;
    }
  });
};

/** Lets others be answered between two pages, and gives up where nobody waits any more. */
const breathed = async (signal: AbortSignal): Promise<void> => {
  await breathe();
  signal.throwIfAborted();
};

const deskOn = (parts: ServerParts, { reader, ready }: Lease<Prepared>, signal: AbortSignal): Promise<Desk> => {
  const { sources, registryKind } = parts;
  const annotations = parts.store.annotations.read();
  const { catalogue, catalogueJson } = ready;
  const asked = { reader, catalogue, catalogueJson, checkSettings: parts.checkSettings(), annotations };
  return openDesk({ ...asked, sources, registryKind, demoStories: [], releases: [] }, signal);
};
