import { timetable } from '../../warehouse/timetable.ts';
import type { Turn } from '../ledger/ledger-event.ts';
import type { Source } from '../workspace/workspace.ts';
import type { Look } from './past-run.ts';
import { retryAt } from './retry.ts';

/** What of a source its schedule looks at. */
export type Scheduled = Pick<Source, 'id' | 'schedule' | 'timezone' | 'retry'>;

/**
 * The sources to be looked at now, each with the scheduled time that this is for.
 *
 * Only the last time a schedule named counts: of nights that were missed one is caught up. It is done with once a run
 * was for it or began after it, whoever started that run. So the ledger alone tells what is due, a restart changes nothing,
 * and where the clock goes back, a time that a run was for does not come again. A source nobody ever looked at is due.
 *
 * @param looks of any source, oldest first
 */
export const turnsDue = (sources: readonly Scheduled[], looks: readonly Look[], now: Date): readonly Turn[] =>
  sources.flatMap((source) => {
    const due = lastDue(source, now);
    if (due === null) return [];
    const serving = servingLooks(source, looks, due, now);
    const retry = retryAt(source, serving);
    const isDue = serving.length === 0 || (retry !== null && retry <= now);
    return isDue ? [{ source: source.id, due: due.toISOString() }] : [];
  });

/** When to look again: the next time a schedule names, or the next try. Null where neither ever comes. */
export const wakeAt = (sources: readonly Scheduled[], looks: readonly Look[], now: Date): Date | null => {
  const moments = sources.flatMap((source) => [nextDue(source, now) ?? [], nextTry(source, looks, now) ?? []].flat());
  return moments.length === 0 ? null : new Date(Math.min(...moments.map((each) => each.getTime())));
};

/** When the schedule tries a source again whose last scheduled look failed for a while; null where it does not. */
export const nextTry = (source: Scheduled, looks: readonly Look[], now: Date): Date | null => {
  const due = lastDue(source, now);
  return due === null ? null : retryAt(source, servingLooks(source, looks, due, now));
};

/** The next time the schedule of a source names; null without one. */
export const nextDue = ({ schedule, timezone }: Scheduled, now: Date): Date | null =>
  schedule === null ? null : timetable(schedule, timezone).nextDue(now);

const lastDue = ({ schedule, timezone }: Scheduled, now: Date): Date | null =>
  schedule === null ? null : timetable(schedule, timezone).lastDue(now);

/** The looks that were for a scheduled time or came after it. What began later than now was told by a clock that ran ahead. */
const servingLooks = ({ id }: Scheduled, looks: readonly Look[], due: Date, now: Date): readonly Look[] =>
  looks.filter((look) => {
    if (look.source !== id) return false;
    const startedAt = new Date(look.startedAt);
    return look.due === due.toISOString() || (startedAt >= due && startedAt <= now);
  });
