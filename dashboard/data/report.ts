import type { ReportFormat, ReportPlan } from '../store/report-plan.ts';
import type { ReportStanding } from '../store/report-standing.ts';
import { findMetric, type Catalogue } from './catalogue.ts';
import { plural } from './format.ts';
import { pageWords } from './saved-view.ts';
import { get } from './request.ts';

/** A report that is there without a plan. */
export interface BuiltInReport {
  readonly name: string;
  readonly title: string;
  readonly pages: readonly string[];
}

/** What the server tells of reports. */
export interface ReportList {
  /** In the order kept, those taken back too. */
  readonly reports: readonly ReportPlan[];
  readonly standings: readonly ReportStanding[];
  readonly builtIns: readonly BuiltInReport[];
  /** Why this server takes no plans; null where it does. */
  readonly why: string | null;
  /** Why no report can be mailed; null where it can. */
  readonly mail: string | null;
}

/** @throws RequestError */
export const fetchReports = (signal: AbortSignal): Promise<ReportList> => get<ReportList>('/api/reports', signal);

/** The forms a report comes in, as they are called. */
export const reportForms: readonly { readonly format: ReportFormat; readonly label: string }[] = [
  { format: 'pdf', label: 'PDF' },
  { format: 'html', label: 'HTML' },
  { format: 'xlsx', label: 'XLSX' },
  { format: 'csv', label: 'CSV' },
];

/** Where the server draws a report of this name. */
export const reportFile = (name: string, format: ReportFormat): string =>
  `/api/report/${encodeURIComponent(name)}.${format}`;

/** Where it draws these pages as one. */
export const pagesFile = (pages: readonly string[], format: ReportFormat): string =>
  `/api/report.${format}?${new URLSearchParams(pages.map((page) => ['page', page])).toString()}`;

/** A plan that stands, and how it goes. */
export interface ShownReport {
  readonly plan: ReportPlan;
  /** null of one that was kept just now. */
  readonly standing: ReportStanding | null;
}

/** Those not taken back, the newest first. */
export const shownReports = ({
  reports,
  standings,
}: Pick<ReportList, 'reports' | 'standings'>): readonly ShownReport[] =>
  reports
    .filter(({ retired }) => retired === undefined)
    .map((plan) => ({ plan, standing: standings.find((one) => one.plan === plan.id) ?? null }))
    .toReversed();

/** Those taken back, the newest first. */
export const retiredReports = ({ reports }: Pick<ReportList, 'reports'>): readonly ReportPlan[] =>
  reports.filter(({ retired }) => retired !== undefined).toReversed();

/** `Fails`, with the sign that stands before it; and whether it is good or bad. */
export interface StateWords {
  readonly words: string;
  readonly sign: string;
  readonly tone: 'good' | 'bad' | '';
}

/** How a plan stands, as a pill says it. */
export const reportState = ({ plan, standing }: ShownReport): StateWords => {
  const last = standing?.last ?? null;
  if (last === null) return { words: plan.schedule === null ? 'When asked' : 'Not due yet', sign: '·', tone: '' };
  switch (last.state) {
    case 'begun':
      return { words: 'Being drawn', sign: '…', tone: '' };
    case 'sending':
      return { words: 'Being sent', sign: '…', tone: '' };
    case 'failed':
      return { words: 'Not delivered', sign: '!', tone: 'bad' };
    case 'unclear':
      return { words: 'Unclear', sign: '?', tone: 'bad' };
    case 'done':
      if (last.says !== '') return { words: 'Sent in part', sign: '!', tone: 'bad' };
      return { words: last.to === 0 ? 'Kept' : 'Sent', sign: '✓', tone: 'good' };
  }
};

/** An instant by the clocks of a zone: `Mon 7 Sep 2026, 07:00`. */
export const instantIn = (instant: string, timeZone: string): string => {
  const day = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const;
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone } as const;
  const parts = new Intl.DateTimeFormat('en-US', { ...day, ...time }).formatToParts(new Date(instant));
  const of = (type: Intl.DateTimeFormatPartTypes): string => parts.find((part) => part.type === type)?.value ?? '';
  return `${of('weekday')} ${of('day')} ${of('month')} ${of('year')}, ${of('hour')}:${of('minute')}`;
};

/** What became of it last: `Due Mon 7 Sep 2026, 07:00: sent to 2 addresses, of release …`. */
export const lastWords = ({ plan, standing }: ShownReport): string => {
  const last = standing?.last ?? null;
  if (last === null) return '';
  const due = `Due ${instantIn(last.due, zoneOf(plan))}`;
  const sent = last.to === 0 ? 'kept' : `sent to ${plural(last.to, 'address', 'addresses')}`;
  if (last.state !== 'done') return `${due}${last.says === '' ? '' : `: ${last.says}`}`;
  return `${due}: ${sent}, of release ${last.release ?? ''}. ${last.says}`.trim();
};

/** The zone a plan's clocks are of. */
export const zoneOf = ({ timezone }: Pick<ReportPlan, 'timezone'>): string => timezone ?? 'UTC';

/** `PDF to 2 addresses, Mondays at 07:00 (America/Chicago)`. */
export const planWords = (plan: ReportPlan): string => {
  const { format, to, schedule } = plan;
  const people = to.length === 0 ? 'kept on the server' : `to ${plural(to.length, 'address', 'addresses')}`;
  if (schedule === null) return `${format.toUpperCase()}, only when asked`;
  return `${format.toUpperCase()} ${people}, ${scheduleWords(schedule)} (${zoneOf(plan)})`;
};

/** What a page is called: the label of its metric, or the name of the page. */
export const pageLabel = (catalogue: Catalogue, address: string): string => {
  const { pathname, searchParams } = new URL(address, 'http://here');
  if (pathname === '/' && searchParams.get('by') === 'facility') return 'Scorecard by facility';
  const metric = pathname.startsWith('/kpi/') ? findMetric(catalogue, pathname.slice('/kpi/'.length)) : null;
  return metric?.label ?? pageWords(address);
};

export const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

/** When a report goes, as a reader picks it. */
export interface ScheduleChoice {
  readonly kind: 'asked' | 'day' | 'workday' | 'week' | 'month' | 'cron';
  /** `07:00`. */
  readonly time: string;
  /** 0 is Sunday. */
  readonly weekday: number;
  /** Day of the month. */
  readonly day: number;
  /** Five fields, of a schedule of one's own. */
  readonly cron: string;
}

/** The five cron fields of what was picked; null: only when asked. */
export const cronOf = ({ kind, time, weekday, day, cron }: ScheduleChoice): string | null => {
  const [hour = 7, minute = 0] = time.split(':').map(Number);
  const at = `${minute} ${hour}`;
  switch (kind) {
    case 'asked':
      return null;
    case 'day':
      return `${at} * * *`;
    case 'workday':
      return `${at} * * 1-5`;
    case 'week':
      return `${at} * * ${weekday}`;
    case 'month':
      return `${at} ${day} * *`;
    case 'cron':
      return cron.trim().replaceAll(/\s+/g, ' ');
  }
};

/** Five cron fields in words, where they are of the usual kind; else as they are. */
export const scheduleWords = (schedule: string): string => {
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = schedule.split(/ +/);
  const isClock = /^\d+$/.test(minute) && /^\d+$/.test(hour);
  if (!isClock || month !== '*') return schedule;
  const at = `at ${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  if (day === '*' && weekday === '*') return `every day ${at}`;
  if (day === '*' && weekday === '1-5') return `Monday to Friday ${at}`;
  if (day === '*' && /^[0-7]$/.test(weekday)) return `${weekdays[Number(weekday) % 7] ?? ''}s ${at}`;
  if (/^\d+$/.test(day) && weekday === '*') return `on day ${day} of each month ${at}`;
  return schedule;
};

/** What a report may be called on the command line and in the name of its file: `HIM this week` → `him-this-week`. */
export const nameOf = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 60)
    .replace(/-+$/, '');

/** The addresses in a text, a line each; of those copied with the server before them, path and query. */
export const addressesIn = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim().replace(/^https?:\/\/[^/\s]+(?=\/)/i, ''))
    .filter((line) => line !== '');

/** The mail addresses in a text, with commas, semicolons, blanks or line ends between. */
export const mailsIn = (text: string): readonly string[] => [
  ...new Set(text.split(/[\s,;]+/).filter((part) => part !== '')),
];
