import type { Reader } from '../../warehouse/open.ts';
import { UserError } from '../../warehouse/error.ts';
import { untilAborted } from '../../warehouse/interrupt.ts';
import { readRows } from '../../warehouse/rows.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { judgedCases, leftOutReasons, type SubmissionPeriod } from './case-rows.ts';
import { fillingOf, type ItemFilling } from './filling.ts';
import { readProfile, type Profile } from './profile.ts';
import { needsKeptApart } from './profile-dictionaries.ts';
import { checkColumns, judgedRows } from './relation-body.ts';

/** What is asked of a profile before anything is written. */
export interface PreviewRequest {
  readonly workspace: Workspace;
  readonly reader: Reader;
  readonly profile: string;
  readonly period: SubmissionPeriod;
  /** Once it is aborted the statement under way is interrupted. */
  readonly signal?: AbortSignal;
}

/** What a profile would send of a period, and what of it is lacking: counts alone. */
export interface Preview {
  readonly release: string;
  readonly profile: string;
  readonly profileVersion: string;
  readonly format: Profile['format'];
  readonly period: SubmissionPeriod;
  /** Rows of the release, whether they are sent or not. */
  readonly rows: number;
  /** First and last day of the dates the period goes by, over all of them; null where there are none. */
  readonly dates: { readonly first: string; readonly last: string } | null;
  readonly sent: number;
  /** Patients of these; null where rows are of no patients. */
  readonly patients: number | null;
  /** Sent rows by year, in order. */
  readonly byYear: readonly { readonly year: number; readonly rows: number }[];
  /** Rows that are not sent, by the first reason, in the order in which they are asked. */
  readonly leftOut: readonly { readonly reason: string; readonly says: string; readonly rows: number }[];
  /** What the receiver asks for, in the profile's order; empty where `refusal` keeps it from being known. */
  readonly required: readonly ItemFilling[];
  /** Why no package can be written as things stand, as a sentence; null where nothing is known against it. */
  readonly refusal: string | null;
  /** What cannot be known before it is written, as a sentence; null where all is. */
  readonly note: string | null;
}

/** SQL of the rows of a profile, sent or not. */
export const judgedOf = (profile: Profile, period: SubmissionPeriod): string =>
  profile.format === 'csv' ? judgedRows(profile, period) : judgedCases(profile.cases, period);

/**
 * Counts what a package would hold. The same questions as when it is made; nothing is written.
 *
 * @throws UserError for a profile there is none of, or the signal's reason
 */
export const previewSubmission = async (request: PreviewRequest): Promise<Preview> => {
  const { workspace, reader, period, signal } = request;
  const profile = readProfile(workspace, request.profile);
  const connection = await reader.connect();
  try {
    if (profile.format === 'csv') await checkColumns(connection, profile);
    const ask = (sql: string) => untilAborted(connection, signal, () => readRows(connection, sql));
    const judged = judgedOf(profile, period);
    const date = profile.format === 'csv' ? `"${profile.period.replaceAll('"', '""')}"` : 'diagnosis_date';
    const counted = await ask(
      `select _left_out as reason, year(${date}) as year, count(*) as n, cast(min(${date}) as varchar) as first,
        cast(max(${date}) as varchar) as last
      from (${judged}) group by all order by all`,
    );
    const { filling, patients, refusal } = await fillingOf({ workspace, connection, profile, judged, ask });
    const days = counted.flatMap(({ first, last }) => (first === null ? [] : [String(first), String(last)])).sort();
    const sumOf = (rows: typeof counted): number => rows.reduce((sum, { n }) => sum + Number(n), 0);
    const sent = counted.filter(({ reason }) => reason === null);
    return {
      ...{ release: reader.release, profile: profile.id, profileVersion: profile.version },
      ...{ format: profile.format, period, rows: sumOf(counted) },
      dates: days.length === 0 ? null : { first: days[0]!.slice(0, 10), last: days.at(-1)!.slice(0, 10) },
      ...{ sent: sumOf(sent), patients },
      byYear: sent.map(({ year, n }) => ({ year: Number(year), rows: Number(n) })),
      leftOut: Object.entries(leftOutReasons).flatMap(([reason, says]) => {
        const rows = sumOf(counted.filter((one) => one.reason === reason));
        return rows === 0 ? [] : [{ reason, says, rows }];
      }),
      ...{ required: filling, refusal, note: refusal === null ? noteOf(profile) : null },
    };
  } finally {
    connection.closeSync();
  }
};

const noteOf = (profile: Profile): string | null => {
  if (profile.format === 'csv' || !needsKeptApart(profile)) return null;
  const apart =
    'Names and texts are in the registry database kept apart, which only `himsight submit` opens: what is missing of them it tells.';
  return profile.recordType === 'M'
    ? `Of these, cases that were modified since they were last sent are sent again; how many, \`himsight submit\` tells. ${apart}`
    : apart;
};

/**
 * A period as a page asks for it.
 *
 * @throws UserError where a day is none, or the first is not before the last
 */
export const previewPeriod = (from: string, to: string): SubmissionPeriod => {
  for (const [key, day] of Object.entries({ from, to })) {
    const time = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : NaN;
    if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day)
      throw new UserError(`\`${key}\` is a day such as 2023-01-01.`);
  }
  if (from >= to) throw new UserError('`from` must come before `to`, which is the first day no longer sent.');
  return { from, to };
};
