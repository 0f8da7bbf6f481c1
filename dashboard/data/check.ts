import type { CheckStatus } from './explanation.ts';
import type { Guard } from './trust.ts';
import type { Grid } from './arrival.ts';
import { formatCount, formatMonth, formatValue, plural } from './format.ts';
import type { IsoDate } from './period.ts';

/** One question put to rows, or one promise of the release, as `GET /api/checks` lists it. */
export interface Check extends Guard {
  /** Number in the suite of checks; null where it is none of them. */
  readonly number: number | null;
  readonly kind: 'gate' | 'check' | 'edit' | 'assert';
  readonly table: string | null;
  readonly source: string | null;
  readonly says: string | null;
  /** Kahn's category: conformance, completeness or plausibility. */
  readonly kahn: string | null;
  readonly context: string | null;
  readonly quality: string | null;
  readonly severity: string;
  readonly origin: string | null;
  /** What to know of it beyond what it says; null mostly. */
  readonly note: string | null;
  /** Why this workspace does not ask it. */
  readonly off: string | null;
  /** Kind of failure that kept it from being run. */
  readonly error: string | null;
  /** Rows the question applies to; null for a promise that counts only what breaks it. */
  readonly examined: number | null;
  readonly violated: number | null;
  /** 0–1; null where nothing was examined. */
  readonly share: number | null;
  /** Share of violations that is let pass; null where none is set. */
  readonly threshold: number | null;
  readonly status: CheckStatus;
  /** Ids of the metrics it gates. */
  readonly metrics: readonly string[];
}

/** A check by facility and month, as `GET /api/checks/:id` answers. */
export interface CheckStrata {
  readonly release: string;
  readonly check: Check;
  readonly strata: readonly Stratum[];
}

export interface Stratum {
  readonly facility_id: string | null;
  readonly month: IsoDate | null;
  readonly examined: number;
  readonly violated: number;
  readonly share: number | null;
  readonly status: CheckStatus;
}

/** Surrogate keys of rows that break a check. */
export interface CheckKeys {
  readonly release: string;
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, string | number | null>>[];
  /** Whether there are more than these. */
  readonly more: boolean;
}

/** From what needs most care to what needs none. */
export const checkStatuses: readonly CheckStatus[] = ['error', 'fail', 'pass_with', 'pass', 'na'];

/** A word and a shape for each, so that colour is never all that tells them apart. */
export const statusLooks: Readonly<Record<CheckStatus, { readonly word: string; readonly says: string }>> = {
  error: { word: 'could not run', says: 'The check itself failed: nothing is known.' },
  fail: { word: 'fails', says: 'More rows break it than its threshold lets pass.' },
  pass_with: { word: 'passes with some', says: 'Some rows break it, no more than its threshold lets pass.' },
  pass: { word: 'passes', says: 'No row breaks it.' },
  na: { word: 'not applicable', says: 'No row it applies to.' },
};

/** What an address calls a check: a question of the gate is put to several extracts under one id. */
export const addressOf = ({ id, kind, table, source }: Check): string =>
  kind === 'gate' ? `${id}@${source}.${table}` : id;

/** The check an address means: by its own name, else the worst of that id. `checks`: the worst first. */
export const checkAt = (checks: readonly Check[], address: string): Check | null =>
  checks.find((check) => addressOf(check) === address) ?? checks.find(({ id }) => id === address) ?? null;

/** `22 of 7,400 rows, 0.30 %`; of a promise only what breaks it. */
export const violationWords = ({ examined, violated }: Pick<Check, 'examined' | 'violated'>): string => {
  if (examined === null) return violated === null ? 'not known' : plural(violated, 'row');
  if (examined === 0) return 'no row examined';
  return `${formatCount(violated)} of ${plural(examined, 'row')}, ${formatValue((violated ?? 0) / examined, 'share', 2)}`;
};

/** What is let pass: `none`, `0.5 %`. */
export const thresholdWords = (threshold: number | null): string =>
  threshold === null ? 'none set' : threshold === 0 ? 'none may' : `up to ${formatValue(threshold, 'share', 2)}`;

/** Counts of a table's checks in a category, by status. */
export interface MatrixField {
  readonly total: number;
  readonly failing: number;
}

export interface CheckMatrix {
  readonly tables: readonly string[];
  readonly categories: readonly string[];
  readonly fieldOf: (table: string, category: string) => MatrixField | null;
}

/** How a check without a table or category is named there. */
export const wholeRelease = 'whole release';
export const uncategorised = 'other';

export const isFailing = ({ status }: Pick<Check, 'status'>): boolean => status === 'fail' || status === 'error';

/** Checks by table and Kahn category, tables in order of their name. */
export const matrixOf = (checks: readonly Check[]): CheckMatrix => {
  const tableOf = (check: Check) => check.table ?? wholeRelease;
  // `plausibility.atemporal` is a kind of plausibility.
  const categoryOf = (check: Check) => check.kahn?.replace(/\..*$/, '') ?? uncategorised;
  const fields = Map.groupBy(checks, (check) => `${tableOf(check)}\n${categoryOf(check)}`);
  return {
    tables: [...new Set(checks.map(tableOf))].sort(),
    categories: [...new Set(checks.map(categoryOf))].sort(),
    fieldOf: (table, category) => {
      const some = fields.get(`${table}\n${category}`);
      return some === undefined ? null : { total: some.length, failing: some.filter(isFailing).length };
    },
  };
};

/** Months shown back from the latest. */
const mostMonths = 24;

const facilityName = (id: string | null): string => id ?? 'no facility';

/** Facility × month, the share of violations in each; months in order, a field marked where it fails. */
export const strataGrid = (strata: readonly Stratum[]): Grid => {
  const dated = strata.filter((one) => one.month !== null && one.examined > 0);
  const months = [...new Set(dated.map((one) => one.month!))].sort().slice(-mostMonths);
  const shown = dated.filter((one) => months.includes(one.month!));
  return {
    rows: [...new Set(shown.map((one) => facilityName(one.facility_id)))].sort(),
    columns: months.map(formatMonth),
    cells: shown.map((one) => ({
      row: facilityName(one.facility_id),
      column: formatMonth(one.month!),
      value: one.examined === 0 ? 0 : one.violated / one.examined,
      words: `${facilityName(one.facility_id)}, ${formatMonth(one.month!)}: ${violationWords(one)}, ${statusLooks[one.status].word}`,
      isMarked: isFailing(one),
    })),
  };
};
