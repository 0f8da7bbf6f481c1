import { formatDay, formatInstant, unknown } from './format.ts';
import type { IsoDate } from './period.ts';

/** How a source stands with its schedule, as `GET /api/sources` tells it. */
export interface SourceStatus {
  readonly source: string;
  /** Cron expression; null where it is run by hand. */
  readonly schedule: string | null;
  readonly timezone: string | null;
  /** ISO 8601, UTC; null before the first. */
  readonly lastRun: string | null;
  readonly lastOutcome: string | null;
  readonly nextRun: string | null;
  /** Last day whose rows are wholly in; null when not known. */
  readonly completeThrough: IsoDate | null;
  /** Last day whose rows should be in by now; null without an agreement. */
  readonly dueThrough: IsoDate | null;
  readonly isLate: boolean;
  /** One sentence. */
  readonly says: string;
}

/** An instant in words, a dash where there is none. */
export const instantWords = (instant: string | null): string => (instant === null ? unknown : formatInstant(instant));

/** A day in words, a dash where it is not known. */
export const dayWords = (day: IsoDate | null): string => (day === null ? unknown : formatDay(day));

/** The late ones first, then by name. */
export const latestFirst = (sources: readonly SourceStatus[]): readonly SourceStatus[] =>
  sources.toSorted((a, b) => Number(b.isLate) - Number(a.isLate) || (a.source < b.source ? -1 : 1));
