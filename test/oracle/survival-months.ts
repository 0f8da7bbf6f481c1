/** Parts of a date as abstracted; null = not told. */
export interface Parts {
  readonly year: number;
  readonly month: number | null;
  readonly day: number | null;
}

/** A patient's tumors in order of diagnosis, with what survival is counted from. */
export interface Patient {
  readonly diagnoses: readonly Parts[];
  readonly fromDeathAlone: readonly boolean[];
  readonly birth: Parts | null;
  readonly contact: Parts | null;
  readonly isAlive: boolean;
}

/** Months (null: not known) and flag. */
export type Survived = readonly [months: number | null, flag: number];

interface Slot {
  readonly told: Parts;
  year: number;
  month: number | null;
  day: number | null;
}

const utc = (year: number, month: number, day: number): number => Date.UTC(year, month - 1, day) / 86_400_000;
const lastOf = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** The SEER survival time program step by step, one slot after the other, as its published description goes. */
export const survivalOf = (patient: Patient, cutoffYear: number, isPresumed: boolean): readonly Survived[] => {
  const slot = (told: Parts): Slot => ({ told, ...told });
  const slots = patient.diagnoses.map(slot);
  const last = patient.contact === null ? null : slot(patient.contact);
  const line = last === null ? slots : [...slots, last];
  fillDays(line, patient.birth);
  fillMonths(line, patient.birth);
  const isPresumedAlive = isPresumed && patient.isAlive;
  if (last === null && !isPresumedAlive)
    return slots.map((_, i) => [null, patient.fromDeathAlone[i] === true ? 8 : 9] as const);
  const cutoff = utc(cutoffYear, 12, 31);
  const isBeyond = last !== null && last.year > cutoffYear;
  const end = isPresumedAlive || isBeyond ? cutoff : utc(last!.year, last!.month!, last!.day!);
  const endTold: Parts = end === cutoff ? { year: cutoffYear, month: 12, day: 31 } : last!.told;
  const found = slots.map(({ told, year, month, day }): [number | null, number] => {
    const days = end - utc(year, month!, day!);
    if (days < 0) return [null, 9];
    const months = Math.floor(days / (365.24 / 12));
    if (told.month === null || told.day === null || endTold.month === null || endTold.day === null) {
      const mayBeSameMonth = told.month === null || endTold.month === null || told.month === endTold.month;
      return [months, told.year === endTold.year && mayBeSameMonth ? 2 : 3];
    }
    return [months, days > 0 ? 1 : 0];
  });
  let isLater = false;
  for (let i = found.length - 1; i >= 0; i--) {
    const flag = found[i]![1];
    if (flag === 1 || flag === 3) isLater = true;
    if (flag === 2 && isLater) found[i]![1] = 3;
  }
  return found.map((one, i) => (patient.fromDeathAlone[i] === true ? [null, 8] : one));
};

const fillDays = (line: readonly Slot[], birth: Parts | null): void => {
  line.forEach((one, i) => {
    if (one.month === null || one.day !== null) return;
    let [first, last] = [0, 0];
    if (i === 0 && birth?.year === one.year && birth.month === one.month && birth.day !== null) first = birth.day;
    for (let j = i - 1; j >= 0; j--) {
      const before = line[j]!;
      if (before.day === null) continue;
      if (before.year === one.year && before.month === one.month) first = before.day;
      break;
    }
    for (let j = i + 1; j < line.length; j++) {
      const after = line[j]!;
      if (after.day === null) continue;
      if (after.year === one.year && after.month === one.month) last = after.day;
      break;
    }
    one.day = Math.floor(((first || 1) + (last || lastOf(one.year, one.month))) / 2);
  });
};

const fillMonths = (line: readonly Slot[], birth: Parts | null): void => {
  line.forEach((one, i) => {
    if (one.month !== null) return;
    let first = utc(one.year, 1, 1);
    let last = utc(one.year, 12, 31);
    if (i === 0 && birth?.year === one.year && birth.month !== null)
      first = utc(birth.year, birth.month, birth.day ?? 1);
    for (let j = i - 1; j >= 0; j--) {
      const before = line[j]!;
      if (before.month === null) continue;
      if (before.year === one.year) first = utc(before.year, before.month, before.day!);
      break;
    }
    for (let j = i + 1; j < line.length; j++) {
      const after = line[j]!;
      if (after.month === null) continue;
      if (after.year === one.year) last = utc(after.year, after.month, after.day!);
      break;
    }
    const middle = new Date((first + Math.floor((last - first) / 2)) * 86_400_000);
    [one.month, one.day] = [middle.getUTCMonth() + 1, middle.getUTCDate()];
  });
};
