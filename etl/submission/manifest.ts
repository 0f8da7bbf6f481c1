import type { Body, BodyFlaw } from './body.ts';
import { leftOutReasons, type SubmissionPeriod } from './case-rows.ts';
import type { SkipReason } from './case-items.ts';
import type { SubmittedEdits } from './edits.ts';
import type { Profile } from './profile.ts';
import type { RowCheckResult } from './row-check.ts';
import type { WrittenFile } from './write-file.ts';

/** What a package holds, as its `manifest.json` tells it: the same for the same release, whenever it is made. */
export interface Manifest {
  readonly profile: string;
  readonly describes: string;
  readonly profile_version: string;
  readonly release: string;
  readonly period: SubmissionPeriod;
  readonly file: WrittenFile;
  readonly format: Profile['format'];
  /** Null of formats that are not NAACCR's. */
  readonly naaccr: NaaccrFacts | null;
  readonly rows: number;
  readonly patients: number | null;
  readonly by_year: Readonly<Record<string, number>>;
  /** Rows of the release that are not sent, by reason. */
  readonly left_out: readonly { readonly reason: string; readonly says: string; readonly rows: number }[];
  /** Rows that have an item or a column, by name; what no row has is not among them. */
  readonly filled: Readonly<Record<string, number>>;
  /** Rows without one that the receiver asks for. */
  readonly missing: Readonly<Record<string, number>>;
  /** Items that are not sent. */
  readonly skipped: readonly { readonly item: string; readonly why: SkipReason; readonly rows: number }[];
  readonly checks: readonly Omit<RowCheckResult, 'keys'>[];
}

/** What the file is held to. */
export interface NaaccrFacts {
  readonly specification: string;
  readonly dictionary: string;
  readonly record_type: string;
  readonly user_dictionaries: readonly string[];
  /** What was not looked at. */
  readonly not_checked: readonly string[];
}

export interface ManifestParts {
  readonly profile: Profile;
  readonly release: string;
  readonly period: SubmissionPeriod;
  readonly file: WrittenFile;
  readonly naaccr: NaaccrFacts | null;
  readonly body: Body;
  readonly leftOut: Readonly<Record<string, number>>;
  readonly checks: readonly RowCheckResult[];
}

export const manifestOf = ({
  profile,
  release,
  period,
  file,
  naaccr,
  body,
  leftOut,
  checks,
}: ManifestParts): Manifest => ({
  profile: profile.id,
  describes: profile.describes,
  profile_version: profile.version,
  release,
  period,
  file,
  format: profile.format,
  naaccr,
  rows: body.tally.rows,
  patients: body.patients(),
  by_year: body.tally.byYear,
  left_out: Object.entries(leftOut).map(([reason, rows]) => ({
    reason,
    says: leftOutReasons[reason as keyof typeof leftOutReasons],
    rows,
  })),
  filled: body.tally.filled,
  missing: body.tally.missing,
  skipped: [...body.skipped()]
    .map(([item, { why, count }]) => ({ item, why, rows: count }))
    .sort((a, b) => (a.item < b.item ? -1 : 1)),
  checks: checks.map(({ keys: _keys, ...check }) => check),
});

/** `report.json`: what a registrar has to look at, with the keys of the first rows concerned. */
export interface EditReport {
  readonly release: string;
  /** The honest label: what these questions are, and what they are not. */
  readonly says: string;
  readonly checks: readonly RowCheckResult[];
  /** What stands in the way of sending it: empty in a package that was made. */
  readonly flaws: readonly BodyFlaw[];
  /** Codes that are in no official list, by item. */
  readonly codes: readonly BodyFlaw[];
  /** Named edits of our own; null where there are none to put: of rows that are no abstracts, and of a refused package. */
  readonly edits: SubmittedEdits | null;
}

export const reportLabel =
  'Checks of structure, dictionary and codes, and named checks of our own. These are not the official NAACCR edits: run GenEDITS before submitting.';
