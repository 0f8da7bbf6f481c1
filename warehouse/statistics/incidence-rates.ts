import { ageAdjustedRate, type AgeAdjustedRate } from './age-adjusted-rate.ts';
import { crudeRate, type CrudeRate } from './crude-rate.ts';
import type { Interval } from './interval.ts';
import { matchAgeGroups, type AgeCount } from './match-age-groups.ts';
import { rateInterval, type RateIntervalMethod } from './rate-interval.ts';

/** Cases of a group by single age; null = not known. */
export interface CasesOfAge {
  readonly group: string;
  readonly age: number | null;
  readonly count: number;
}

/** People of a group by age group. */
export interface PeopleOfAge extends AgeCount {
  readonly group: string;
}

/** Rates of one group, by person-year. */
export interface IncidenceRate {
  readonly group: string;
  readonly cases: number;
  readonly personYears: number;
  readonly crude: CrudeRate | null;
  readonly adjusted: (AgeAdjustedRate & Interval) | null;
  /** Age groups with cases and no people: to be told with the rate. */
  readonly filled: number;
  /** Too few cases to be published; what else must be withheld with them is the business of `suppressCells`. */
  readonly isSuppressed: boolean;
}

/** Rates of all groups, and the cases that are in none of them: to be told, never dropped in silence. */
export interface IncidenceRates {
  /** In the order of the groups of people, first come first. */
  readonly rates: readonly IncidenceRate[];
  readonly withoutAge: number;
  readonly withoutPeople: number;
}

/**
 * Crude and age-adjusted rates of groups of people, side by side: what `mart.incidence_count`, `core.population` and
 * `core.standard_population` are there for. A group is a county, a sex, a year … as the caller cuts it; groups without
 * cases have their rate of 0. Fewer than `below` cases are marked.
 *
 * @throws RangeError where ages of people and standard do not fit each other
 */
export const incidenceRates = (
  cases: readonly CasesOfAge[],
  people: readonly PeopleOfAge[],
  standard: readonly AgeCount[],
  options: { readonly method?: RateIntervalMethod; readonly level?: number; readonly below?: number } = {},
): IncidenceRates => {
  const { method = 'tiwari', level = 0.95, below = 16 } = options;
  const casesOf = Map.groupBy(cases, ({ group }) => group);
  const peopleOf = Map.groupBy(people, ({ group }) => group);
  const rates = [...peopleOf].map(([group, own]): IncidenceRate => {
    const aged = (casesOf.get(group) ?? []).flatMap(({ age, count }) => (age === null ? [] : [{ age, count }]));
    const adjusted = ageAdjustedRate(matchAgeGroups(aged, own, standard));
    const [counted, personYears] = [total(aged), total(own)];
    return {
      group,
      cases: counted,
      personYears,
      crude: crudeRate(counted, personYears, level),
      adjusted: adjusted && { ...adjusted, ...rateInterval(adjusted, method, level) },
      filled: adjusted?.filled ?? 0,
      isSuppressed: counted < below,
    };
  });
  return {
    rates,
    withoutAge: total(cases.filter(({ group, age }) => age === null && peopleOf.has(group))),
    withoutPeople: total(cases.filter(({ group }) => !peopleOf.has(group))),
  };
};

const total = (counts: readonly { readonly count: number }[]): number =>
  counts.reduce((sum, { count }) => sum + count, 0);
