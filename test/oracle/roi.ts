import { dayOf, daysBetween } from './calendar.ts';
import { quantile } from './quantile.ts';
import type { Row } from './random-hospital.ts';
import { POLICY_DAYS, type Operations } from './random-operations.ts';

const text = (row: Row, name: string): string | null => (row[name] ?? null) as string | null;
const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** What the measures of release of information are of one facility, its extracts read until `asOf`. */
export const roi = (all: Operations, facility: string, asOf: string): Readonly<Record<string, number | null>> => {
  const lastDay = dayOf(asOf) - 1;
  const counted = all.roi_request
    .filter((row) => row.facility_id === facility && row.status !== 'cancelled')
    .filter((row) => row.status !== 'denied' || row.fulfilled_ts !== null);
  const received = (row: Row): number => dayOf(text(row, 'received_ts'));
  const done = (row: Row): number => dayOf(text(row, 'fulfilled_ts'));
  const isDone = (row: Row): boolean => row.fulfilled_ts !== null;
  const inTime = (rows: readonly Row[], dueOf: (row: Row) => number): number | null => {
    const settled = rows.filter((row) => isDone(row) || dueOf(row) < lastDay);
    return share(settled.filter((row) => isDone(row) && done(row) <= dueOf(row)).length, settled.length);
  };
  const access = counted.filter((row) => row.requestor_type === 'patient_access');
  const policyDue = (row: Row): number =>
    row.due_ts === null ? received(row) + (POLICY_DAYS[String(row.requestor_type)] ?? NaN) : dayOf(text(row, 'due_ts'));
  const noticed = access.filter((row) => row.extended_flag !== null && (isDone(row) || received(row) + 30 < lastDay));
  const turnaround = counted
    .filter(isDone)
    .map((row) => daysBetween(text(row, 'received_ts'), text(row, 'fulfilled_ts')));
  const pending = counted.filter((row) => received(row) <= lastDay && !(done(row) <= lastDay));
  const age = pending.reduce((total, row) => total + lastDay - received(row), 0);
  return {
    roi_in_30_days: inTime(access, (row) => received(row) + (row.extended_flag === 'true' ? 60 : 30)),
    roi_in_policy: inTime(
      counted.filter((row) => !Number.isNaN(policyDue(row))),
      policyDue,
    ),
    roi_turnaround_p50: quantile(turnaround, 0.5),
    roi_turnaround_p90: quantile(turnaround, 0.9),
    roi_turnaround_mean: share(
      turnaround.reduce((total, days) => total + days, 0),
      turnaround.length,
    ),
    roi_pending_age: share(age, pending.length),
    roi_extended: share(noticed.filter((row) => row.extended_flag === 'true').length, noticed.length),
  };
};
