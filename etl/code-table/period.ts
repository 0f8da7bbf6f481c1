import { UserError } from '../../warehouse/error.ts';
import { configName } from '../workspace/workspace.ts';
import { fiscalYearEnd, fiscalYearStart, versionStart } from './calendar.ts';
import { undatedKinds, type CodeTableKind } from './kind.ts';

/** A converted file and what it says of itself. */
export interface FileFacts {
  readonly kind: CodeTableKind;
  readonly key: string;
  readonly name: string;
  /** As himsight.yaml has it. */
  readonly valid_from?: string;
  readonly valid_to?: string;
  readonly version?: string;
  /** As the file or its name has it. */
  readonly fileYear: number | null;
  readonly fileFrom: string | null;
  readonly fileVersion: string | null;
  /** Whether each of its rows has its own days. */
  readonly isDated: boolean;
  readonly rows: number;
  /** Rows with a relative weight. */
  readonly weights: number;
}

/** The days a file speaks of. */
export interface Period {
  readonly version: string | null;
  /** First day, ISO; null = each row has its own. */
  readonly from: string | null;
  /** First day it no longer holds, ISO; null = open. */
  readonly to: string | null;
}

const versioned: readonly CodeTableKind[] = ['ms_drg', 'cc', 'mcc', 'mce'];

/**
 * The days each file of one kind speaks of. What is published for a year holds until its 30 September, or until a later file
 * takes its place: the update of 1 April supersedes the file of the year from that day on.
 *
 * @throws UserError where a file does not tell when it begins, or two begin on one day
 */
export const periodsOf = (files: readonly FileFacts[]): readonly Period[] => {
  const own = files.map(ownPeriod);
  const starts = [...new Set(own.flatMap(({ from }, i) => (files[i]!.isDated ? [] : (from ?? []))))].sort();
  return own.map((period, i) => {
    const file = files[i]!;
    if (file.isDated || period.from === null) return period;
    const twin = own.findIndex((other, j) => j !== i && !files[j]!.isDated && other.from === period.from);
    if (twin >= 0) refuseTwin(file, files[twin]!, period, own[twin]!);
    const next = starts.find((start) => start > period.from!);
    return { ...period, to: earlier(period.to, next ?? null) };
  });
};

const ownPeriod = (file: FileFacts): Period => {
  const version = versionOf(file);
  if (undatedKinds.includes(file.kind)) return { version, from: null, to: null };
  if (file.isDated) return { version, from: file.valid_from ?? null, to: file.valid_to ?? null };
  const from =
    file.valid_from ??
    (version === null ? null : versionStart(version)) ??
    file.fileFrom ??
    (file.fileYear === null ? null : fiscalYearStart(file.fileYear));
  if (from === null)
    throw new UserError(`${configName} \`${file.key}\`: ${file.name} does not tell from when it holds.`, {
      mend: 'Say so: `{ file: …, valid_from: 2025-10-01 }`.',
    });
  const to = file.valid_to ?? fiscalYearEnd(from);
  if (to <= from)
    throw new UserError(`${configName} \`${file.key}\`: valid_to is not after valid_from.`, {
      mend: 'valid_to is the first day on which the file no longer holds.',
    });
  return { version, from, to };
};

const versionOf = (file: FileFacts): string | null => {
  const version = file.version ?? file.fileVersion ?? (file.fileYear === null ? null : String(file.fileYear - 1983));
  if (!versioned.includes(file.kind)) return file.version ?? file.fileVersion;
  if (version === null)
    throw new UserError(`${configName} \`${file.key}\`: ${file.name} does not tell of which version it is.`, {
      mend: "Say so: `{ file: …, version: '43' }`; 43 is fiscal year 2026, 43.1 its update of April.",
    });
  return version.replace(/^v/i, '').replace(/\.0$/, '');
};

/** Weights and titles of one version of MS-DRGs may come in two files; nothing else may begin on one day. */
const refuseTwin = (file: FileFacts, twin: FileFacts, period: Period, other: Period): void => {
  const isOneVersion = file.kind === 'ms_drg' && period.version === other.version;
  if (isOneVersion && (file.weights === 0 || twin.weights === 0)) return;
  throw new UserError(
    `${configName} \`${file.key}\`: ${file.name} and ${twin.name} both hold from ${period.from}: two versions on one day.`,
    { mend: 'Take one out, or say with `valid_from` from when the later one holds.' },
  );
};

const earlier = (one: string | null, other: string | null): string | null =>
  one === null ? other : other === null ? one : one < other ? one : other;
