import type { ReportPlan } from '../../dashboard/store/report-plan.ts';
import { timetable } from '../../warehouse/timetable.ts';
import type { DeliveryLine } from './delivery-ledger.ts';

/** What of a plan its schedule looks at. */
export type ScheduledPlan = Pick<ReportPlan, 'id' | 'schedule' | 'timezone' | 'at'>;

/** A report whose turn it is, and the scheduled moment that this is for. */
export interface DueReport<P extends ScheduledPlan = ReportPlan> {
  readonly plan: P;
  readonly due: Date;
}

/** What is tried again is given up so long after it was due; the next moment its schedule names gives it up as well. */
const longestMs = 24 * 3_600_000;

/** Before the second try, the third …: 5, 10, 20, 40 minutes, then an hour each. */
const waitMs = (tries: number): number => Math.min(60, 5 * 2 ** (tries - 1)) * 60_000;

/**
 * The reports to be delivered now.
 *
 * Only the last moment a schedule named counts: of those that were missed one is caught up; none from before the plan was
 * kept. It is done with once it was delivered, failed for good, or a mail for it may have gone out. So the ledger alone says
 * what is due, and a restart changes nothing.
 *
 * @param lines of any plan, oldest first
 */
export const reportsDue = <P extends ScheduledPlan>(
  plans: readonly P[],
  lines: readonly DeliveryLine[],
  now: Date,
): readonly DueReport<P>[] =>
  plans.flatMap((plan) => {
    const due = lastDue(plan, now);
    if (due === null) return [];
    const own = linesFor(plan, due, lines);
    const again = tryAgainAt(due, own);
    return own.length === 0 || (again !== null && again <= now) ? [{ plan, due }] : [];
  });

/** When a plan goes next: at its next moment, or at the next try; null where neither comes. What is due goes at once. */
export const nextReport = (plan: ScheduledPlan, lines: readonly DeliveryLine[], now: Date): Date | null => {
  if (plan.schedule === null) return null;
  const due = lastDue(plan, now);
  const own = due === null ? [] : linesFor(plan, due, lines);
  const again = due === null ? null : own.length === 0 ? now : tryAgainAt(due, own);
  const next = timetable(plan.schedule, plan.timezone ?? 'UTC').nextDue(now);
  const moments = [again, next].flatMap((each) => (each === null ? [] : Math.max(now.getTime(), each.getTime())));
  return moments.length === 0 ? null : new Date(Math.min(...moments));
};

/** When a delivery is tried again; null where it is not: it went well, only somebody can mend it, or it is given up. */
export const tryAgainAt = (due: Date, lines: readonly DeliveryLine[]): Date | null => {
  const last = lines.at(-1);
  if (last === undefined || !mayPass(last)) return null;
  const again = new Date(Date.parse(last.at) + waitMs(triesOf(lines)));
  return again.getTime() - due.getTime() > longestMs ? null : again;
};

export const triesOf = (lines: readonly DeliveryLine[]): number =>
  lines.filter(({ state }) => state === 'begun').length;

/** A fault that passes, or a process that was stopped before anything was sent. */
const mayPass = ({ state, isTransient }: DeliveryLine): boolean =>
  state === 'begun' || (state === 'failed' && isTransient);

/** The last moment its schedule named since the plan was kept. */
const lastDue = ({ schedule, timezone, at }: ScheduledPlan, now: Date): Date | null => {
  const due = schedule === null ? null : timetable(schedule, timezone ?? 'UTC').lastDue(now);
  return due === null || due < new Date(at) ? null : due;
};

/** Those for a moment, or for a later one: where the clock is set back, no moment comes again. */
const linesFor = ({ id }: ScheduledPlan, due: Date, lines: readonly DeliveryLine[]): readonly DeliveryLine[] =>
  lines.filter((line) => line.plan === id && line.due >= due.toISOString());
