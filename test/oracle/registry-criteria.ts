/** One abstract by the items that criteria look at; empty = not told. */
export interface CriterionCase {
  readonly patient: string;
  readonly facility: string;
  readonly record: string;
  readonly site: string;
  readonly histology: string;
  readonly behavior: string;
  readonly side: string;
  /** YYYYMMDD. */
  readonly diagnosed: string;
  readonly county: string;
  readonly available: string;
}

export interface Expected {
  readonly year: number;
  readonly county: string;
  readonly site: string;
  readonly cases: number;
}

/** Of a year: cases, those told twice, those available after so many months, and cases of those expected. */
export interface YearTold {
  readonly cases: number;
  readonly twice: number;
  readonly inTime: Readonly<Record<12 | 23 | 24, number>>;
  readonly observed: number;
  readonly expected: number | null;
}

/** Kinds of histology that the drawn codes fall under; the rest of the codes is of none. */
const KIND: Readonly<Record<string, number>> = {
  ...{ '8070': 1, '8120': 1, '8140': 3, '8500': 3, '8520': 3, '8000': 17, '8010': 5, '9680': 9, '9861': 8 },
};
const ONE_SITE: Readonly<Record<string, string>> = { C19: 'C20', C66: 'C68', C67: 'C68', C33: 'C34' };

const day = (written: string): number =>
  Date.UTC(Number(written.slice(0, 4)), Number(written.slice(4, 6)) - 1, Number(written.slice(6, 8))) / 864e5;
const siteOf = (one: CriterionCase): string => ONE_SITE[one.site.slice(0, 3)] ?? one.site.slice(0, 3);

const isSameThing = (a: CriterionCase, b: CriterionCase): boolean =>
  a.patient === b.patient &&
  a.side === b.side &&
  siteOf(a) === siteOf(b) &&
  KIND[a.histology] !== undefined &&
  KIND[a.histology] === KIND[b.histology];

/** Last day that is within so many months of the end of a year, as YYYYMMDD; months have up to 31 days. */
const lastDay = (year: number, months: number): string => {
  const [years, month] = [Math.floor((months - 1) / 12), ((months - 1) % 12) + 1];
  return `${year + 1 + years}${String(month).padStart(2, '0')}31`;
};

/** The criteria of a year in plain loops: every case against every other. */
export const yearTold = (all: readonly CriterionCase[], expected: readonly Expected[], year: number): YearTold => {
  const counts = all.filter((one) => one.behavior === '3' || (one.behavior === '2' && one.site.startsWith('C67')));
  const own = counts.filter(({ diagnosed }) => diagnosed.startsWith(String(year)));
  const isLater = (a: CriterionCase, b: CriterionCase): boolean => {
    const [x, y] = [a, b].map((one) => [one.diagnosed, one.record, one.site, one.facility].join(' '));
    return x! > y!;
  };
  const twice = own.filter((one) =>
    counts.some(
      (other) => isSameThing(one, other) && isLater(one, other) && day(one.diagnosed) - day(other.diagnosed) <= 60,
    ),
  );
  const inTime = (months: number): number =>
    own.filter(({ available }) => available !== '' && available <= lastDay(year, months)).length;
  const told = expected.filter((row) => row.year === year);
  const level = (row: Expected): number => (row.county === '' ? 0 : 1) + (row.site === '' ? 0 : 2);
  const lowest = Math.min(...told.map(level));
  const rows = told.filter((row) => level(row) === lowest);
  let observed = 0;
  for (const { county, site } of rows)
    observed += own.filter(
      (one) => (county === '' || one.county === county) && (site === '' || one.site.startsWith(site)),
    ).length;
  return {
    ...{ cases: own.length, twice: twice.length, observed },
    inTime: { 12: inTime(12), 23: inTime(23), 24: inTime(24) },
    expected: rows.length === 0 ? null : rows.reduce((sum, row) => sum + row.cases, 0),
  };
};
