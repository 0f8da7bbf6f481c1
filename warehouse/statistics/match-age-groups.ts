import type { AgeGroupCount } from './age-adjusted-rate.ts';

/** Ages in completed years, both inclusive; `to` is null for an open last group. */
export interface AgeRange {
  readonly from: number;
  readonly to: number | null;
}

/** How many of something are in a range of ages. */
export interface AgeCount extends AgeRange {
  readonly count: number;
}

/**
 * Cases by single age, person-years and standard population brought to one set of age groups: the finest into which all
 * of the person-years and of the standard fit. A standard of 19 groups (0, 1–4, 5–9 …) and people of 18 (0–4, 5–9 …) meet
 * at 18. Groups of people of one range are added up; a case of an age beyond all groups is refused, not dropped.
 *
 * @throws RangeError where ranges of the people or of the standard overlap or leave a gap, or the two do not begin and
 *   end alike
 */
export const matchAgeGroups = (
  cases: readonly { readonly age: number; readonly count: number }[],
  personYears: readonly AgeCount[],
  standard: readonly AgeCount[],
): readonly AgeGroupCount[] => {
  const [people, weights] = [inOrder(personYears, 'personYears'), inOrder(standard, 'standard')];
  const ends = (groups: readonly AgeCount[]): readonly (number | null)[] => groups.map(({ to }) => to);
  const common = ends(people).filter((end) => ends(weights).includes(end));
  if (people[0]?.from !== weights[0]?.from || people.at(-1)?.to !== weights.at(-1)?.to)
    throw new RangeError('matchAgeGroups: personYears and standard must begin and end with the same age');
  const groups = common.map((to, i) => ({ from: i === 0 ? people[0]!.from : (common[i - 1] ?? 0) + 1, to }));
  const isWithin = ({ from, to }: AgeRange, age: number): boolean => age >= from && (to === null || age <= to);
  if (cases.some(({ age }) => !groups.some((group) => isWithin(group, age))))
    throw new RangeError('matchAgeGroups: a case is of an age that no group has');
  return groups.map((group) => ({
    cases: sum(cases.filter(({ age }) => isWithin(group, age))),
    personYears: sum(people.filter(({ from }) => isWithin(group, from))),
    standard: sum(weights.filter(({ from }) => isWithin(group, from))),
  }));
};

const sum = (counts: readonly { readonly count: number }[]): number =>
  counts.reduce((total, { count }) => total + count, 0);

/** By age, those of one range added up. */
const inOrder = (counts: readonly AgeCount[], name: string): readonly AgeCount[] => {
  const groups = [...Map.groupBy(counts, ({ from, to }) => `${from}-${to ?? ''}`).values()]
    .map((own): AgeCount => ({ ...own[0]!, count: sum(own) }))
    .sort((a, b) => a.from - b.from);
  if (groups.some(({ to }, i) => i < groups.length - 1 && (to === null || to + 1 !== groups[i + 1]!.from)))
    throw new RangeError(`matchAgeGroups: age groups of ${name} must follow each other without gap or overlap`);
  return groups;
};
