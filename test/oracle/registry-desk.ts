import { addMonths, dayOf, isMonthEnd } from './calendar.ts';
import { drawFrom, type Draw } from './chance.ts';
import type { Row } from './random-hospital.ts';

/** The last day the random registry tells of. */
export const LAST_DAY = dayOf('2026-08-31 00:00:00');

const written = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');

/** A day up to so many days before the last, mostly whole; sometimes the month or the year alone, or nothing. */
const someDay = (draw: Draw, back: number, blank: number): string | null =>
  draw.maybe(blank) ? null : written(LAST_DAY - draw.whole(0, back)).slice(0, draw.one([8, 8, 8, 8, 8, 6, 4]));

/** Abstracts of about half as many patients, with everything that the rules of a hospital registry tell apart. */
export const randomAbstracts = (seed: number, count = 1500): readonly Row[] => {
  const draw = drawFrom(seed);
  return Array.from({ length: count }, (_, i) => ({
    patient_key: `p${draw.whole(1, count / 2)}`,
    facility_id: draw.one(['north', 'south', null]),
    tumorRecordNumber: String(i),
    primarySite: draw.one(['C504', 'C619', 'C341', 'C539', 'C443', 'C700']),
    histologicTypeIcdO3: draw.one(['8049', '8050', '8070', '8110', '8111', '8140', null]),
    behaviorCodeIcdO3: draw.one(['0', '1', '2', '3', '3', '3', null]),
    classOfCase: draw.one(['00', '10', '14', '22', '23', '30', null]),
    dateOfDiagnosis: someDay(draw, 5000, 0.05),
    summaryStage2018: draw.one(['0', '1', '2', '7', null]),
    ajccTnmPathStageGroup: draw.one(['0is', '1A', '2', '3C', '4', 'OC', 'oc', '88', '99', null]),
    ajccTnmClinStageGroup: draw.one(['0', '1', '2B', '3', '4A', 'OC', '88', '99', null]),
    dateOf1stContact: someDay(draw, 1500, 0.2),
    dateCaseInitiated: someDay(draw, 1400, 0.3),
    dateCaseCompleted: someDay(draw, 700, 0.5),
    dateCaseCompletedCoc: someDay(draw, 700, 0.8),
    dateOfLastContact: someDay(draw, 900, 0.15),
    vitalStatus: draw.one(['1', '1', '1', '1', '1', '1', '0', null]),
    dateOfBirth: written(LAST_DAY - draw.one([20_000, 36_800, 36_890, 36_899, 36_900, 37_300])),
    addrAtDxCountry: draw.one(['USA', 'USA', null, 'PRI', 'CAN', 'ZZU']),
  }));
};

/** As the registry places partial dates: the first of the month, or of the year. */
const day = (date: unknown): number | null => {
  if (date === null || date === undefined) return null;
  const text = String(date);
  return dayOf(`${text.slice(0, 4)}-${text.slice(4, 6) || '01'}-${text.slice(6, 8) || '01'} 00:00:00`);
};

const stageOf = (code: unknown): string | null => {
  const text = String(code ?? '').toUpperCase();
  if (text.startsWith('OC')) return 'OC';
  return /^[0-4]/.test(text) ? text.charAt(0) : null;
};

/** Cases by AJCC stage group; not known under the empty text. */
export const stageGroups = (abstracts: readonly Row[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const one of abstracts) {
    const [path, clin] = [one.ajccTnmPathStageGroup, one.ajccTnmClinStageGroup];
    const isStaged = Number(String(one.dateOfDiagnosis ?? '0').slice(0, 4)) >= 2018;
    const otherwise = path === '88' || clin === '88' ? '88' : path === null && clin === null ? '' : '99';
    const group = isStaged ? (stageOf(path) ?? stageOf(clin) ?? otherwise) : '';
    counts[group] = (counts[group] ?? 0) + 1;
  }
  return counts;
};

const ageOn = (clock: number, on: number): string => {
  const upTo = [3, 6, 12].find((months) => on <= addMonths(clock, months));
  return upTo === undefined ? '12+' : { 3: '0-3', 6: '3-6', 12: '6-12' }[upTo]!;
};

/** Abstracts open at the end of a day, by age. */
export const backlogOn = (abstracts: readonly Row[], on: number): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const one of abstracts) {
    const contact = day(one.dateOf1stContact);
    const initiated = day(one.dateCaseInitiated);
    const completed = day(one.dateCaseCompletedCoc ?? one.dateCaseCompleted);
    const opened = initiated ?? contact;
    if (opened === null || opened > on || (completed !== null && completed <= on)) continue;
    const age = ageOn(contact ?? opened, on);
    counts[age] = (counts[age] ?? 0) + 1;
  }
  return counts;
};

/** Days on which the backlog is counted: month ends of three years, and the last day. */
export const backlogDays = (): readonly number[] => {
  const first = addMonths(LAST_DAY, -36);
  return Array.from({ length: LAST_DAY - first + 1 }, (_, i) => first + i).filter(
    (one) => isMonthEnd(one) || one === LAST_DAY,
  );
};

const isFollowed = (one: Row): boolean => {
  const behavior = one.behaviorCodeIcdO3 ?? '3';
  const isAnalytic = one.classOfCase !== null && Number(one.classOfCase) >= 10 && Number(one.classOfCase) <= 22;
  if (!isAnalytic || behavior === '0' || behavior === '1') return false;
  const site = String(one.primarySite).slice(0, 3);
  const isInSitu = one.behaviorCodeIcdO3 === '2';
  if (site === 'C53' && isInSitu) return false;
  const histology = Number(one.histologicTypeIcdO3 ?? 0);
  const is2018 = Number(String(one.dateOfDiagnosis ?? '0').slice(0, 4)) >= 2018;
  const isEarly = is2018 && (one.summaryStage2018 === '0' || one.summaryStage2018 === '1');
  if (site === 'C44' && histology >= 8050 && histology <= 8110 && (isInSitu || isEarly)) return false;
  if (one.addrAtDxCountry === 'CAN') return false;
  return addMonths(day(one.dateOfBirth)!, 12 * 101) > LAST_DAY;
};

/** Patients of a facility whose follow-up is due, by state. */
export const followUpDue = (abstracts: readonly Row[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  const patients = Map.groupBy(
    abstracts.filter(isFollowed),
    (one) => `${String(one.facility_id)} ${String(one.patient_key)}`,
  );
  for (const theirs of patients.values()) {
    if (theirs.some(({ vitalStatus }) => vitalStatus === '0')) continue;
    const since = theirs.flatMap(
      (one) => day(one.dateOfLastContact) ?? day(one.dateOf1stContact) ?? day(one.dateOfDiagnosis) ?? [],
    );
    if (since.length === 0) continue;
    const due = Math.max(...since.map((from) => addMonths(from, 12)));
    const lapsed = Math.max(...since.map((from) => addMonths(from, 15)));
    if (LAST_DAY < due) continue;
    const state = LAST_DAY > lapsed ? 'delinquent' : 'due';
    counts[state] = (counts[state] ?? 0) + 1;
  }
  return counts;
};
