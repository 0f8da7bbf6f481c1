/** Cases, person-years and standard population of one age group. */
export interface AgeGroupCount {
  readonly cases: number;
  readonly personYears: number;
  readonly standard: number;
}

/** A directly standardised rate by person-year, with what its intervals are taken from. */
export interface AgeAdjustedRate {
  readonly rate: number;
  /** Σ W² d/n². */
  readonly variance: number;
  readonly standardError: number;
  readonly cases: number;
  readonly personYears: number;
  /** W/n of each group that has people or cases: what one more case of it would add to the rate. */
  readonly shares: readonly number[];
  /** Groups with cases and nobody in the denominator, whose cases stood in for the people: to be told with the rate. */
  readonly filled: number;
}

/**
 * Rate as it would be in the standard population: Σ W d/n, with W each group's share of the standard over the groups given.
 *
 * Direct standardisation as in SEER*Stat (rate algorithms): a group without people and cases has the rate 0 and keeps its
 * weight; one with cases but no people takes the cases for the people, in the rate and in the shares, not in the
 * variance. null where the groups given have no person-years and no cases at all.
 *
 * @throws RangeError for a figure below 0 or not known, or a standard that is nobody
 */
export const ageAdjustedRate = (groups: readonly AgeGroupCount[]): AgeAdjustedRate | null => {
  for (const { cases, personYears, standard } of groups)
    if (!(cases >= 0 && personYears >= 0 && standard >= 0))
      throw new RangeError('ageAdjustedRate: cases, personYears and standard must not be below 0');
  const total = sum(groups.map(({ standard }) => standard));
  if (total === 0) throw new RangeError('ageAdjustedRate: the standard must have people');
  const parts = groups
    .filter(({ cases, personYears }) => personYears > 0 || cases > 0)
    .map(({ cases, personYears, standard }) => ({
      cases,
      isFilled: personYears === 0,
      share: standard / total / (personYears === 0 ? cases : personYears),
    }));
  if (parts.length === 0) return null;
  const variance = sum(parts.map(({ cases, isFilled, share }) => (isFilled ? 0 : share * share * cases)));
  return {
    rate: sum(parts.map(({ cases, share }) => share * cases)),
    variance,
    standardError: Math.sqrt(variance),
    cases: sum(groups.map(({ cases }) => cases)),
    personYears: sum(groups.map(({ personYears }) => personYears)),
    shares: parts.map(({ share }) => share),
    filled: parts.filter(({ isFilled }) => isFilled).length,
  };
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
