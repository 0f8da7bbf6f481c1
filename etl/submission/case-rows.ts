import type { DuckDBConnection } from '@duckdb/node-api';
import { identifier, literal } from '../../warehouse/quote.ts';
import { readRows } from '../../warehouse/rows.ts';
import type { CaseFilter } from './profile.ts';
import type { TextRow } from './rows-of.ts';

/** First day of diagnosis that is sent, and the first that no longer is; ISO dates. */
export interface SubmissionPeriod {
  readonly from: string;
  readonly to: string;
}

/** Why an abstract is not sent, in the order in which it is asked. */
export const leftOutReasons = {
  undated: 'without the date the period goes by',
  period: 'outside the period',
  facility: 'of another facility',
  behavior: 'of a behavior that is not reportable',
  class_of_case: 'of another class of case',
  state: 'resident elsewhere at diagnosis',
  where: 'left out by the profile’s own condition',
  never_sent: 'never sent before: for record type A',
  unmodified: 'as last sent',
} as const;

/** Columns that name an abstract in core.tumor. */
export const caseKey = [
  'facility_id',
  'patient_key',
  'tumorRecordNumber',
  'sequenceNumberHospital',
  'primarySite',
] as const;

/** What of a row's key a report names: surrogates and numbers, not the site. */
export const shownKey = (key: readonly string[]): readonly string[] => key.slice(0, -1);

/** Columns of the same. */
export const shownKeyColumns = ['patientIdNumber', ...caseKey.slice(0, -1)] as const;

const among = (column: string, values: readonly string[]): string =>
  `coalesce(${column} in (${values.map(literal).join(', ')}), false)`;

/** Brain, meninges, spinal cord, cranial nerves, and the three glands within the skull. */
const brain = `(site_code between 'C70' and 'C72' or primarySite in ('C751', 'C752', 'C753'))`;

const conditions = (
  cases: CaseFilter,
  { from, to }: SubmissionPeriod,
): Readonly<Partial<Record<keyof typeof leftOutReasons, string>>> => {
  const { behavior, benign_brain_from: benignFrom, class_of_case: classes, state, facility, where } = cases;
  const benign =
    benignFrom === undefined
      ? ''
      : ` or coalesce(behaviorCodeIcdO3 in ('0', '1') and ${brain} and diagnosis_year >= ${benignFrom}, false)`;
  return {
    undated: 'diagnosis_date is not null',
    period: `diagnosis_date >= date ${literal(from)} and diagnosis_date < date ${literal(to)}`,
    facility: facility === undefined ? 'true' : among('facility_id', facility),
    behavior: behavior === undefined ? 'true' : `${among('behaviorCodeIcdO3', behavior)}${benign}`,
    class_of_case: classes === undefined ? 'true' : among('classOfCase', classes),
    state: state === undefined ? 'true' : among('addrAtDxState', state),
    where: where === undefined ? 'true' : `coalesce((\n${where}\n), false)`,
  };
};

/** SQL of every abstract of a release with `_left_out`: the first reason why it is not sent, null where it is. */
export const judgedCases = (cases: CaseFilter, period: SubmissionPeriod): string => {
  const reasons = Object.entries(conditions(cases, period)).map(
    ([reason, holds]) => `when not (${holds}) then ${literal(reason)}`,
  );
  return `select *, case ${reasons.join('\n')} end as _left_out from core.tumor`;
};

/** SQL of the keys of the abstracts that are sent. */
export const keysOfSent = (judged: string): string =>
  `select ${caseKey.map(identifier).join(', ')} from (${judged}) where _left_out is null`;

/** How many abstracts are sent, and how many are not, by reason; a reason that takes none is not among them. */
export const countCases = async (
  connection: DuckDBConnection,
  judged: string,
): Promise<{ readonly sent: number; readonly leftOut: Readonly<Record<string, number>> }> => {
  const rows = await readRows(
    connection,
    `select _left_out as reason, count(*) as n from (${judged}) group by 1 order by 1`,
  );
  const counts = new Map(rows.map(({ reason, n }) => [reason as string | null, Number(n)]));
  return {
    sent: counts.get(null) ?? 0,
    leftOut: Object.fromEntries(
      Object.keys(leftOutReasons)
        .filter((reason) => counts.has(reason))
        .map((reason) => [reason, counts.get(reason)!]),
    ),
  };
};

/** Patients whose numbers lie from the first, inclusive, to the second, exclusive; null: without an end. */
export type PatientSlice = readonly [from: string, to: string | null];

/** Abstracts in a slice, about: rows as wide as these are sorted a slice at a time, in a memory that does not grow with them. */
const sliceRows = 10_000;

/** Slices of about so many abstracts that hold all that are sent, in their order; a patient is in one of them. */
export const patientSlices = async (
  connection: DuckDBConnection,
  judged: string,
  size = sliceRows,
): Promise<readonly PatientSlice[]> => {
  const rows = await readRows(
    connection,
    `select distinct id from (
       select coalesce(patientIdNumber, '') as id, row_number() over (order by coalesce(patientIdNumber, '')) as place
       from (${judged}) where _left_out is null
     ) where place % ${size} = 0 order by id`,
  );
  const starts = ['', ...rows.map(({ id }) => String(id)).filter((id) => id !== '')];
  return starts.map((from, i) => [from, starts[i + 1] ?? null]);
};

/**
 * SQL of the abstracts of a slice that are sent, patient by patient, in an order that depends on their rows alone. A row is the
 * year of diagnosis and three texts of JSON, as a text is handed on in a fraction of the time that a hundred columns take: the
 * values that name it, its values of the items of core.tumor, and the ids and values of those beyond them (null: none).
 *
 * @param items those of core.tumor that are wanted
 */
export const caseRows = (judged: string, items: readonly string[], [from, to]: PatientSlice): string => {
  const keys = caseKey.map(identifier);
  // By the patient first, as the file is; nothing of it depends on how the rows lie.
  const order = ['each.patientIdNumber', ...keys.map((key) => `each.${key}`)].map((part) => `coalesce(${part}, '')`);
  const same = (one: string, other: string): string =>
    keys.map((key) => `${one}.${key} is not distinct from ${other}.${key}`).join(' and ');
  const inSlice = [
    ...(from === '' ? [] : [`each.patientIdNumber >= ${literal(from)}`]),
    ...(to === null ? [] : [`coalesce(each.patientIdNumber, '') < ${literal(to)}`]),
  ];
  const values = items.map((item) => `each.${identifier(item)}`).join(', ');
  const sent = `from (${judged}) as each where ${['each._left_out is null', ...inSlice].join(' and ')}`;
  // Items are put together for the slice alone: those of all abstracts at once would not fit into memory.
  return `select each.diagnosis_year as _year, ${jsonText(`[${order.join(', ')}]`)} as _key,
      ${jsonText(`[${values}]`)} as _values, item.given as _given
    from (select * ${sent}) as each
    left join (
      select ${keys.join(', ')}, ${jsonText('list([naaccrId, value] order by naaccrId)')} as given
      from core.tumor_item as item
      semi join (select ${keys.join(', ')} ${sent}) as of_slice on ${same('item', 'of_slice')}
      group by ${keys.join(', ')}
    ) as item on ${same('item', 'each')}
    order by ${order.join(', ')}`;
};

const jsonText = (list: string): string => `cast(to_json(${list}) as varchar)`;

/** An abstract that is sent, as `caseRows` reads it. */
export interface CaseRow {
  readonly key: readonly string[];
  readonly year: number | null;
  /** By the items asked for. */
  readonly values: readonly (string | null)[];
  /** Items beyond those of core.tumor. */
  readonly given: readonly (readonly [id: string, value: string])[];
}

/** A row of `caseRows`. */
export const caseRow = ([year, key, values, given]: TextRow): CaseRow => ({
  key: JSON.parse(key as string) as string[],
  year: year === null ? null : Number(year),
  values: JSON.parse(values as string) as (string | null)[],
  given: given === null ? [] : (JSON.parse(given as string) as [string, string][]),
});

/** Items that are columns of core.tumor. */
export const tumorColumns = async (connection: DuckDBConnection): Promise<readonly string[]> =>
  (await readRows(connection, 'select column_name as name from (describe core.tumor)')).map(({ name }) => String(name));
