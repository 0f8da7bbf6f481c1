import { UserError } from '../../warehouse/error.ts';
import { timetable } from '../../warehouse/timetable.ts';
import { address, line, where } from './entry-schema.ts';
import type { Kept, Kind } from './kept.ts';

/** A report that somebody put together: pages, in which form, when it is sent and to whom. */
export interface ReportPlan extends Kept {
  /** What `himsight report NAME` takes: small letters, digits, `-` and `_`. */
  readonly name: string;
  readonly title: string;
  /** Addresses of pages and views, in the order they are printed. */
  readonly pages: readonly string[];
  /** Filters put on every page besides its own; left out: none. */
  readonly where?: Readonly<Record<string, readonly string[]>>;
  readonly format: ReportFormat;
  /** Five cron fields; null: only when somebody asks. */
  readonly schedule: string | null;
  /** IANA name the schedule is read in; left out: UTC. */
  readonly timezone?: string;
  /** Mail addresses; empty: it is only kept. */
  readonly to: readonly string[];
}

export type ReportFormat = 'pdf' | 'html' | 'xlsx' | 'csv';

export const reportFormats = ['pdf', 'html', 'xlsx', 'csv'] as const satisfies readonly ReportFormat[];

/** Reports that are there without a plan; no plan may take their name. */
export const builtInReports: readonly string[] = [
  ...['scorecard', 'coding', 'quality', 'completion', 'unbilled', 'cdi', 'denials', 'operations', 'registry'],
];

export const reportPlanKind: Kind<ReportPlan> = {
  one: 'report',
  many: 'reports',
  properties: {
    name: {
      type: 'string',
      maxLength: 60,
      pattern: '^[a-z][a-z0-9]*([-_][a-z0-9]+)*$',
      description: 'Small letters, digits and single - or _ between them, 60 characters at most',
    },
    title: line(120, 'What stands on top of it'),
    pages: { type: 'array', minItems: 1, maxItems: 40, items: address('A page') },
    where,
    format: { enum: reportFormats },
    schedule: {
      type: ['string', 'null'],
      pattern: '^\\S+( +\\S+){4}$',
      description: 'Five cron fields, as 0 7 * * 1 for Mondays at seven, or null',
    },
    timezone: { type: 'string', description: 'An IANA time zone, as America/Chicago' },
    to: {
      type: 'array',
      maxItems: 100,
      uniqueItems: true,
      items: {
        type: 'string',
        maxLength: 254,
        pattern: '^[^\\s@<>,;"\\u0000-\\u001f]+@[^\\s@<>,;"\\u0000-\\u001f]+$',
        description: 'A mail address',
      },
    },
  },
  required: ['name', 'title', 'pages', 'format', 'schedule', 'to'],
  object: (plan, others) => {
    if (builtInReports.includes(plan.name))
      return { path: ['name'], says: 'is the name of a report that is there already.', mend: 'Choose another.' };
    if (others.some(({ name }) => name === plan.name))
      return {
        path: ['name'],
        says: 'there is a report of this name already.',
        mend: 'Choose another, or take that one back first.',
      };
    if (plan.timezone !== undefined && !isTimezone(plan.timezone))
      return { path: ['timezone'], says: 'is no time zone.', mend: 'Write an IANA name, as America/Chicago.' };
    if (plan.schedule !== null && !comes(plan.schedule))
      return {
        path: ['schedule'],
        says: 'names no time that ever comes.',
        mend: 'Write minute, hour, day, month and weekday, as 0 7 * * 1 for Mondays at seven.',
      };
    return null;
  },
};

/** Whether five cron fields are in range, and name a day that comes: 31 February is none. */
const comes = (schedule: string): boolean => {
  try {
    timetable(schedule, 'UTC');
    return true;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
};

const isTimezone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) instanceof Intl.DateTimeFormat;
  } catch {
    return false;
  }
};
