import { UserError } from '../../error.ts';
import { incidenceRates, type IncidenceRate } from '../../statistics/incidence-rates.ts';
import type { AgeRange } from '../../statistics/match-age-groups.ts';
import type { Named } from './basis.ts';
import { type LeftOut, leftOutReasons, type PeopleRow, type RatesRows } from './rates-rows.ts';
import type { RatesQuestion } from './resolve-rates.ts';

/** Rates of the groups of a question, and of all of them together. */
export interface RateGroups {
  /** In the order they are shown. */
  readonly groups: readonly { readonly named: Named; readonly rate: IncidenceRate }[];
  readonly total: IncidenceRate | null;
  readonly leftOut: Readonly<Record<LeftOut, number>>;
}

const all = 'all';

/** Rows of a question brought to groups. @throws UserError where the ages of people and standard do not fit */
export const rateGroups = (question: RatesQuestion, rows: RatesRows): RateGroups => {
  const leftOut = Object.fromEntries(
    leftOutReasons.map((reason) => [reason, sum(rows.cases.filter((row) => row.leftOut === reason))]),
  ) as Record<LeftOut, number>;
  const counted = rows.cases.filter((row) => row.leftOut === null || row.leftOut === 'group');
  const together = { ...rows, cases: counted.map(toAll), people: rows.people.map(toAll) };
  const [total] = ratesOf(question, together);
  const inGroups = counted.filter((row) => row.leftOut === null);
  return { groups: groupsOf(question, { ...rows, cases: inGroups }), total: total ?? null, leftOut };
};

const sum = (rows: readonly { readonly count: number }[]): number => rows.reduce((n, { count }) => n + count, 0);
const toAll = <T extends { readonly group: string | null }>(row: T): T => ({ ...row, group: all });

const groupsOf = (question: RatesQuestion, rows: RatesRows): RateGroups['groups'] => {
  const { by, siteRecode } = question;
  if (by === null) return [];
  if (by === 'age') return byAge(question, rows);
  // The people of all sites are the same.
  const sites = by === 'site' ? [...new Set(rows.cases.map(({ group }) => group!))] : [];
  const people =
    by === 'site' ? sites.flatMap((site) => rows.people.map((row) => ({ ...row, group: site }))) : rows.people;
  const labels = new Map((siteRecode?.groups ?? []).map(({ value, label }) => [value, label]));
  const order = new Map([...labels.keys()].map((value, place) => [value, place]));
  const found = ratesOf(question, { ...rows, people }).map((rate) => ({
    named: {
      value: rate.group,
      label: by === 'site' ? (labels.get(rate.group) ?? unclassified) : labelOf(by, rate.group),
    },
    rate,
  }));
  return by === 'site'
    ? found.sort((a, b) => (order.get(a.rate.group) ?? order.size) - (order.get(b.rate.group) ?? order.size))
    : found;
};

const unclassified = 'Not classified by the recode';

const labelOf = (by: 'year' | 'sex' | 'race' | 'county', value: string): string => {
  if (by === 'sex') return value === '1' ? 'Male' : 'Female';
  return by === 'race' ? `${value.charAt(0).toUpperCase()}${value.slice(1)}` : value;
};

/** Each group of ages by itself: crude rates, as there is nothing to adjust for. */
const byAge = (question: RatesQuestion, rows: RatesRows): RateGroups['groups'] => {
  const ranges = commonRanges(question, rows);
  const within = ({ from, to }: AgeRange, age: number): boolean => age >= from && (to === null || age <= to);
  const nameOf = (age: number): string => nameOfRange(ranges.find((range) => within(range, age))!);
  const grouped: RatesRows = {
    cases: rows.cases.map((row) => ({ ...row, group: nameOf(row.age!), age: 0 })),
    people: rows.people.map((row) => ({ ...row, group: nameOf(row.from), from: 0, to: null })),
    standard: [{ from: 0, to: null, count: 1 }],
  };
  const found = new Map(ratesOf(question, grouped).map((rate) => [rate.group, rate]));
  return ranges.flatMap((range) => {
    const rate = found.get(nameOfRange(range));
    return rate === undefined
      ? []
      : [{ named: { value: rate.group, label: rate.group }, rate: { ...rate, adjusted: null } }];
  });
};

const nameOfRange = ({ from, to }: AgeRange): string =>
  to === null ? `${from}+` : to === from ? `${from}` : `${from}–${to}`;

/** The finest groups of ages that people and standard share. */
const commonRanges = (question: RatesQuestion, { people, standard }: RatesRows): readonly AgeRange[] => {
  const ends = new Set(standard.map(({ to }) => to));
  const shared = [...new Set(people.map(({ to }) => to))]
    .filter((to) => ends.has(to))
    .sort((a, b) => (a ?? Infinity) - (b ?? Infinity));
  if (shared.at(-1) !== null) throw unlikeAges(question);
  return shared.map((to, i) => ({ from: i === 0 ? 0 : shared[i - 1]! + 1, to }));
};

const ratesOf = (question: RatesQuestion, { cases, people, standard }: RatesRows): readonly IncidenceRate[] => {
  try {
    return incidenceRates(
      cases.map(({ group, age, count }) => ({ group: group!, age, count })),
      filledUp(people).map((row) => ({ ...row, group: row.group! })),
      standard,
      { method: question.interval },
    ).rates;
  } catch (cause) {
    if (cause instanceof RangeError) throw unlikeAges(question, cause);
    throw cause;
  }
};

/** A table need not say that nobody of an age lives in a county: ranges that other groups have are there with nobody. */
const filledUp = (people: readonly PeopleRow[]): readonly PeopleRow[] => {
  const ranges = new Map(people.map(({ from, to }) => [`${from}-${to}`, { from, to }]));
  const groups = Map.groupBy(people, ({ group }) => group);
  return [...groups].flatMap(([group, own]) => {
    const has = new Set(own.map(({ from, to }) => `${from}-${to}`));
    return [...own, ...[...ranges].flatMap(([key, range]) => (has.has(key) ? [] : [{ ...range, group, count: 0 }]))];
  });
};

const unlikeAges = ({ standard }: RatesQuestion, cause?: unknown): UserError =>
  new UserError(`The age groups of the configured population and of \`${standard}\` do not fit each other.`, {
    cause,
    mend: 'Both must cover all ages once, with an open last group that begins at the same age, such as 85+; name others under `code_tables`.',
  });
