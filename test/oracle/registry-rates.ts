/** A count of cases, and people, in plain sight. */
export interface PlainCase {
  readonly year: number;
  readonly county: string;
  readonly sex: string;
  readonly race: string | null;
  readonly age: number | null;
  readonly malignant: boolean;
  readonly n: number;
}

export interface PlainPeople {
  readonly year: number;
  readonly county: string;
  readonly sex: string;
  readonly race: string;
  readonly from: number;
  readonly to: number | null;
  readonly n: number;
}

export interface PlainWeight {
  readonly from: number;
  readonly to: number | null;
  readonly n: number;
}

export interface PlainRate {
  readonly group: string;
  readonly cases: number;
  readonly people: number;
  readonly crude: number;
  readonly rate: number;
  readonly error: number;
}

type Key = 'year' | 'county' | 'sex' | 'race';

/** Rates per 100,000 of each group of people, in plain loops; people and weights share their age groups. */
export const plainRates = (
  cases: readonly PlainCase[],
  people: readonly PlainPeople[],
  weights: readonly PlainWeight[],
  by: Key,
  keep: (one: { year: number; county: string; sex: string; race: string | null }) => boolean,
): readonly PlainRate[] => {
  const years: number[] = [];
  const counties: string[] = [];
  for (const one of cases) {
    for (const some of people) if (some.year === one.year && !years.includes(one.year)) years.push(one.year);
    if (!counties.includes(one.county)) counties.push(one.county);
  }
  const groups: string[] = [];
  const counted: PlainPeople[] = [];
  for (const some of people) {
    if (!years.includes(some.year) || !counties.includes(some.county) || !keep(some)) continue;
    counted.push(some);
    if (!groups.includes(String(some[by]))) groups.push(String(some[by]));
  }
  let whole = 0;
  for (const { n } of weights) whole += n;
  const found: PlainRate[] = [];
  for (const group of groups.sort()) {
    let [allCases, allPeople, rate, variance] = [0, 0, 0, 0];
    for (const weight of weights) {
      let [d, n] = [0, 0];
      for (const one of cases)
        if (one.malignant && keep(one) && String(one[by]) === group && years.includes(one.year))
          if (one.sex === '1' || one.sex === '2')
            if (one.age !== null && one.age >= weight.from && (weight.to === null || one.age <= weight.to)) d += one.n;
      for (const some of counted) if (String(some[by]) === group && some.from === weight.from) n += some.n;
      allCases += d;
      allPeople += n;
      if (n > 0) {
        rate += ((weight.n / whole) * d) / n;
        variance += ((weight.n / whole) * (weight.n / whole) * d) / (n * n);
      } else if (d > 0) rate += weight.n / whole;
    }
    found.push({
      ...{ group, cases: allCases, people: allPeople, crude: (allCases / allPeople) * 100_000 },
      ...{ rate: rate * 100_000, error: Math.sqrt(variance) * 100_000 },
    });
  }
  return found;
};

/** What a reader sees of counts whose total stands beside them: null where withheld. */
export const plainShown = (counts: readonly number[]): readonly (number | null)[] => {
  const shown: (number | null)[] = [];
  let hidden = 0;
  for (const count of counts) {
    shown.push(count < 16 ? null : count);
    if (count < 16) hidden++;
  }
  if (hidden !== 1 || counts.length < 2) return shown;
  let smallest = -1;
  for (let i = 0; i < counts.length; i++)
    if (shown[i] !== null && (smallest < 0 || counts[i]! < counts[smallest]!)) smallest = i;
  if (smallest >= 0) shown[smallest] = null;
  return shown;
};

export interface PlainWatched {
  readonly months: number;
  readonly dead: boolean;
}

/** Survival after each whole month, and who is still watched then, case by case. */
export const plainSurvival = (
  cases: readonly PlainWatched[],
  months: number,
  method: 'actuarial' | 'kaplan-meier',
): readonly { readonly survival: number; readonly atRisk: number; readonly entered: number }[] => {
  const points = [{ survival: 1, atRisk: cases.length, entered: cases.length }];
  let survival = 1;
  for (let month = 1; month <= months; month++) {
    let [alive, died, lost] = [0, 0, 0];
    for (const one of cases) {
      if (one.months < month - 1) continue;
      alive++;
      if (one.months === month - 1) {
        if (one.dead) died++;
        else lost++;
      }
    }
    if (alive === 0) break;
    survival *= 1 - died / (method === 'actuarial' ? alive - lost / 2 : alive);
    points.push({ survival, atRisk: alive - died - lost, entered: alive });
  }
  return points;
};

/** Relative survival of cases whose people all live through a month with the same chance: observed by chance to the power of months. */
export const plainExpected = (yearly: number, months: number): number => {
  let left = 1;
  for (let month = 0; month < months; month++) left *= yearly ** (1 / 12);
  return left;
};
