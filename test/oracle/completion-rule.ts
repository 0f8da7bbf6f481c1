import { dayOf } from './calendar.ts';
import type { Row } from './random-hospital.ts';
import type { SmallHospital } from './small-hospital.ts';

const rule = (more: Row): Row => ({
  ...{ facility_id: null, doc_type: null, action_type: null, patient_class: null, clock_start: 'discharge' },
  ...{ due_hours: null, delinquent_days: null, counts_toward_delinquency: null, holds_stop_clock: null },
  ...{ valid_from: null, valid_to: null },
  ...more,
});

/** What holds where a hospital says nothing. */
const CUSTOMARY: readonly Row[] = [
  rule({ delinquent_days: 30 }),
  rule({ doc_type: 'HP', patient_class: 'inpatient', clock_start: 'admit', due_hours: 24 }),
  rule({ doc_type: 'OP', clock_start: 'surgery_end', due_hours: 24 }),
  rule({ doc_type: 'OP_BRIEF', clock_start: 'surgery_end', due_hours: 1 }),
  rule({ doc_type: 'DS', patient_class: 'inpatient', due_hours: 720 }),
  rule({ doc_type: 'VERBAL_ORDER', clock_start: 'order', due_hours: 48 }),
  rule({ action_type: 'transcribe', due_hours: 24 }),
  rule({ doc_type: 'DS', action_type: 'transcribe', due_hours: 72 }),
];

/** Whether a rule says when something is due, or when it is delinquent (it may say both). */
const speaksOf = (one: Row, about: 'due' | 'delinquency'): boolean =>
  about === 'due'
    ? one.due_hours !== null
    : one.due_hours === null ||
      [one.delinquent_days, one.counts_toward_delinquency, one.holds_stop_clock].some((told) => told !== null);

/** The rule for a kind of document on a day: the hospital's own first, then the one that names most, in this order. */
export const ruleFor = (
  { completion_policy }: SmallHospital,
  about: 'due' | 'delinquency',
  { doc_type, action_type }: Pick<Row, string>,
  patientClass: string,
  on: number,
): Row | undefined => {
  const fits = (one: Row): boolean => {
    if (!speaksOf(one, about)) return false;
    if (one.doc_type !== null && one.doc_type !== doc_type) return false;
    const isTranscription = about === 'due' && action_type === 'transcribe';
    if (
      isTranscription ? one.action_type !== 'transcribe' : one.action_type !== null && one.action_type !== action_type
    )
      return false;
    const isForInpatients = about === 'due' && !isTranscription && (doc_type === 'HP' || doc_type === 'DS');
    if (
      one.patient_class === null ? isForInpatients && patientClass !== 'inpatient' : one.patient_class !== patientClass
    )
      return false;
    if (one.valid_from !== null && dayOf(`${one.valid_from} 00:00:00`) > on) return false;
    return one.valid_to === null || dayOf(`${one.valid_to} 00:00:00`) > on;
  };
  const names = (one: Row): string =>
    [one.doc_type, one.action_type, one.patient_class].map((part) => (part === null ? '0' : '1')).join('');
  const best = (of: readonly Row[]): Row | undefined =>
    of.filter(fits).sort((a, b) => (names(a) < names(b) ? 1 : names(a) > names(b) ? -1 : 0))[0];
  return best(completion_policy) ?? best(CUSTOMARY);
};
