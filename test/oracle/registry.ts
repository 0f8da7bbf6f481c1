import { addMonths, dayOf } from './calendar.ts';
import type { Hospital, Row } from './random-hospital.ts';
import { LAST_DAY } from './record-completion.ts';

const day = (written: unknown): number =>
  written === null
    ? NaN
    : dayOf(`${String(written).slice(0, 4)}-${String(written).slice(4, 6)}-${String(written).slice(6, 8)} 00:00:00`);

/** Cases, and how many analytic ones were abstracted in time, of one facility (undefined: of all). */
export const registry = (hospital: Hospital, facility?: string | null) => {
  const cases = hospital.tumor.filter((one) => facility === undefined || one.facility_id === facility);
  const isInTime = (one: Row): boolean | null => {
    const contact = String(one.dateOf1stContact ?? '');
    const analytic = ['00', '14', '22'].includes(String(one.classOfCase));
    if (!analytic || contact.length < 8) return null;
    const due = addMonths(day(contact), 6);
    const completed = day(one.dateCaseCompletedCoc ?? one.dateCaseCompleted);
    if (!Number.isNaN(completed)) return completed <= due;
    return due < LAST_DAY ? false : null;
  };
  const judged = cases.map(isInTime).filter((one) => one !== null);
  return { registry_cases: cases.length, abstracted_in_6_months: judged.filter(Boolean).length / judged.length };
};
