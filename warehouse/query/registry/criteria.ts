import type { CheckSettings } from '../../check/check.ts';
import type { Reader } from '../../open.ts';
import { readRows, type PlainRow } from '../../rows.ts';
import { editReport, type EditYear } from '../edit-report.ts';
import { editScans } from '../edit-scan.ts';

/** How the cases of one year of diagnosis stand to one criterion of one standard. */
export interface Criterion {
  readonly year: number;
  readonly standard: string;
  readonly standardLabel: string;
  readonly criterion: string;
  /** Which side of the threshold meets it: below, at_most or at_least. */
  readonly direction: string;
  /** A share, 0–1. */
  readonly threshold: number;
  /** Of timeliness: months after the close of the year; else null. */
  readonly months: number | null;
  readonly numerator: number | null;
  /** Cases; of completeness those expected, which need be no whole number. */
  readonly denominator: number | null;
  /** Null where there is nothing to judge by, or the time for it is not over. */
  readonly isMet: boolean | null;
}

/** With which settings the edits are put to the cases. */
export interface CriteriaAsked {
  readonly settings: CheckSettings;
  readonly signal?: AbortSignal;
}

/**
 * The criteria of every year of diagnosis, the newest year first; those on edits are not known.
 *
 * A release from before there were criteria, or of a workspace without them, has none.
 */
export const registryCriteria = async (reader: Reader): Promise<readonly Criterion[]> => {
  const connection = await reader.connect();
  try {
    const columns = await readRows(
      connection,
      `select column_name as name from information_schema.columns
       where table_schema = 'mart' and table_name = 'registry_criterion'`,
    );
    if (columns.length === 0) return [];
    const months = columns.some(({ name }) => name === 'months') ? 'cast(months as double)' : 'null';
    const rows = await readRows(
      connection,
      `select cast(diagnosis_year as double) as year, standard, label, criterion, direction, threshold, ${months} as months,
        cast(numerator as double) as numerator, cast(denominator as double) as denominator, is_met
      from mart.registry_criterion order by diagnosis_year desc, criterion, standard`,
    );
    return rows.map(criterionOf);
  } finally {
    connection.closeSync();
  }
};

/**
 * The same with those on edits counted, by the named edits as they are set now: cases that fail no edit of level error, of
 * those the other criteria count. They are not the official edits. It goes through all cases: counted once a release and
 * settings, then remembered.
 */
export const criteriaWithEdits = async (reader: Reader, asked: CriteriaAsked): Promise<readonly Criterion[]> => {
  const criteria = await registryCriteria(reader);
  if (!criteria.some(({ criterion }) => criterion === 'edits')) return criteria;
  const years = await editYears(reader, asked);
  return criteria.map((one) => (one.criterion === 'edits' ? judged(one, years.get(one.year)) : one));
};

type EditYears = ReadonlyMap<number | null, EditYear>;

const known = new WeakMap<Reader, Map<string, EditYears>>();

const editYears = async (reader: Reader, { settings, signal }: CriteriaAsked): Promise<EditYears> => {
  const own = known.get(reader) ?? new Map<string, EditYears>();
  known.set(reader, own);
  const key = JSON.stringify([...settings]);
  const found = own.get(key);
  if (found !== undefined) return found;
  const connection = await reader.connect();
  try {
    if ((await editScans(connection, settings)) === null) return new Map();
    const { years } = await editReport(connection, {
      settings,
      ...(signal ? { signal } : {}),
      cases: `select facility_id, patient_key, tumorRecordNumber, sequenceNumberHospital, primarySite from mart.registry_quality`,
    });
    const counted = new Map(years.map((one) => [one.year, one]));
    own.set(key, counted);
    return counted;
  } finally {
    connection.closeSync();
  }
};

const criterionOf = (row: PlainRow): Criterion => ({
  year: Number(row.year),
  ...{ standard: String(row.standard), standardLabel: String(row.label), criterion: String(row.criterion) },
  ...{ direction: String(row.direction), threshold: Number(row.threshold), months: row.months as number | null },
  ...{ numerator: row.numerator as number | null, denominator: row.denominator as number | null },
  isMet: row.is_met as boolean | null,
});

/** Thresholds have four decimals at most: compared as whole numbers, 97 of 100 are 97 %. */
const judged = (one: Criterion, year: EditYear | undefined): Criterion =>
  year === undefined || year.cases === 0
    ? one
    : {
        ...one,
        ...{ numerator: year.withoutErrors, denominator: year.cases },
        isMet: year.withoutErrors * 10_000 >= Math.round(one.threshold * 10_000) * year.cases,
      };
